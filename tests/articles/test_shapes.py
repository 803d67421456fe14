import pytest

from articles.shapes import ContentError, canonical, content_hash, named_documents, readdressed

from ..factories import article_content, drug_content, effect_content, listing

A_HIGH = ("effects", "test-ache", "findings", "f1", "high")


class TestCanonical:
    def test_empty_values_are_left_out_and_sets_are_sorted(self):
        content = canonical(effect_content(self_care="", sources=["b", "a", "b"], terms=[]))

        assert "self_care" not in content
        assert "terms" not in content
        assert content["sources"] == ["a", "b"]

    def test_the_same_content_has_the_same_hash_in_any_order_of_names(self):
        content = canonical(effect_content())

        assert content_hash(content) == content_hash(dict(reversed(content.items())))

    @pytest.mark.parametrize(
        ("content", "path", "words"),
        [
            ("text", (), "a mapping"),
            ({"kind": "poem"}, ("kind",), "'poem' is not one of"),
            ({"kind": "effect"}, ("slug",), "needs a slug"),
            (effect_content(colour="red"), ("colour",), "not a field of side effect"),
            (effect_content(name=12), ("name",), "expected str"),
            (effect_content(name="a\x00b"), ("name",), "cannot be stored"),
            (effect_content(name="\ud800"), ("name",), "cannot be stored"),
            (effect_content(terms="cramp"), ("terms",), "a list of rows"),
            (effect_content(terms=[{"text": "cramp"}]), ("terms", 0), "needs a key"),
            (effect_content(terms=[{"key": "a", "text": "x"}] * 2), ("terms", "a"), "stands twice"),
            (effect_content(sources="a"), ("sources",), "a list of slugs"),
            (effect_content(facts_checked="yesterday"), ("facts_checked",), "not a date"),
            (
                drug_content(effects=[listing(findings=[{"high": "11"}])]),
                ("effects", "test-ache", "findings", "f1", "high"),
                "expected a number",
            ),
            (
                drug_content(effects=[listing(findings=[{"high": True}])]),
                ("effects", "test-ache", "findings", "f1", "high"),
                "expected a number",
            ),
        ],
    )
    def test_what_is_not_part_of_the_shape_is_refused_with_its_place(self, content, path, words):
        with pytest.raises(ContentError) as refused:
            canonical(content)

        assert refused.value.path == path
        assert words in refused.value.message


def test_the_documents_that_a_content_names_are_found_at_every_depth():
    drug = drug_content(stop_sources=["a"], effects=[listing(findings=[{"band": "rare", "sources": ["b"]}])])
    article = article_content(pairs=["testamol/test-rash"])

    assert named_documents(drug) == {
        ("source", "a"),
        ("source", "b"),
        ("source", "test-label"),
        ("effect", "test-ache"),
    }
    assert named_documents(article) == {
        ("drug", "testamol"),
        ("effect", "test-ache"),
        ("effect", "test-rash"),
        ("source", "test-label"),
    }


def test_new_addresses_reach_every_place_that_names_a_document():
    drug = canonical(
        drug_content(effects=[listing(sources=["a-label", "b-label"], findings=[{"sources": ["a-label"], "low": 1}])])
    )
    article = canonical(
        article_content(pairs=["testamol/test-ache"], references=[{"key": "label", "source": "a-label"}])
    )
    addresses = {
        ("source", "a-label"): "z-label",
        ("effect", "test-ache"): "test-pain",
        ("drug", "testamol"): "testamil",
    }

    listed = readdressed(drug, addresses)["effects"][0]
    assert (listed["key"], listed["sources"]) == ("test-pain", ["b-label", "z-label"])
    assert listed["findings"][0]["sources"] == ["z-label"]
    named = readdressed(article, addresses)
    assert named["pairs"] == ["testamil/test-pain"]
    assert named["references"] == [{"key": "label", "source": "z-label"}]
    assert readdressed(drug, {}) == drug
