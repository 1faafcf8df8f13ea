"""The script that makes the list of places takes code, kind and name, and nothing else."""

import json
import sys
from types import ModuleType

from content.agencies.places import PlaceKind
from content.seed import make_places
from content.seed.basics import read_json

GIVEN = [
    {
        "name": "Thành phố Hà Nội",
        "code": 1,
        "division_type": "thành phố trung ương",
        "wards": [
            {"name": "Xã  Ứng Hòa", "code": 9, "division_type": "xã"},
            {"name": "Đặc khu Thử", "code": 12345, "division_type": "đặc khu"},
        ],
    },
    {"name": "Đồng Nai", "code": 75, "division_type": "tỉnh", "wards": []},
    {"name": "Cao Bằng", "code": 4, "division_type": "tỉnh", "wards": []},
]


def test_the_list_is_sorted_clean_and_compact(tmp_path, monkeypatch, capsys):
    package = ModuleType("vietnam_provinces")
    package.NESTED_DIVISIONS_JSON_PATH = tmp_path / "divisions.json"
    package.NESTED_DIVISIONS_JSON_PATH.write_text(json.dumps(GIVEN), "utf-8")
    monkeypatch.setitem(sys.modules, "vietnam_provinces", package)
    make_places.main()
    made = json.loads(capsys.readouterr().out)
    assert made["provinces"] == [
        ["04", "tỉnh", "Cao Bằng", []],
        ["75", "thành phố", "Đồng Nai", []],
        ["01", "thành phố", "Hà Nội", [["12345", "đặc khu", "Thử"], ["00009", "xã", "Ứng Hòa"]]],
    ]
    assert made["former"] == read_json("places.json")["former"]
    assert all(PlaceKind(one[1]) for one in read_json("places.json")["provinces"])
