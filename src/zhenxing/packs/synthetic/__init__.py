"""The demo county's synthetic figures: a seeded generator, told by `synthetic.yaml` what to make.

`python -m zhenxing.packs.synthetic packs/heshan` writes the pack's monthly tables, growth rates,
towns' targets, histories and demo script again; the same seed gives the same bytes everywhere,
because every draw is a whole number and everything after it is Decimal. It knows no Django.
"""

from __future__ import annotations
