from articles.presenters import names


def test_brand_points_to_its_medicine_and_each_name_stands_once():
    drug = {
        "slug": "salbutamol",
        "name": "salbutamol",
        "us_name": "albuterol",
        "names": [{"key": "a", "name": "Ventolin"}, {"key": "b", "name": "Albuterol"}],
    }

    letters, groups = names.by_letter([drug])

    assert [(name["text"], name["note"]) for group in groups for name in group["names"]] == [
        ("Albuterol", "see salbutamol"),
        ("Salbutamol", ""),
        ("Ventolin", "see salbutamol"),
    ]
    assert letters[0] == ("#A", "A") and letters[1] == ("", "B")
