import pytest


def test_a(page, django_assert_num_queries):
    for u in ["/medicines/","/medicines/?by=class","/medicines/amlodipine/","/medicines/amitriptyline/?by=body","/medicines/amlodipine/muscle-cramps/","/medicines/amitriptyline/muscle-cramps/","/symptoms/","/symptoms/muscle-cramps/"]:
        with django_assert_num_queries(3, exact=False) if False else __import__("contextlib").nullcontext():
            p = page(u)
        open("/tmp/out_"+u.strip("/").replace("/","_").replace("?","_")+".html","w").write(p.html)
        print(u, len(p.html))
