"""Invented clients, people and projects of the sample firm."""

from typing import Final

OUR_SALES: Final = ("Mara Lindt", "Tom Reed", "Ines Duarte")
OUR_OPS: Final = ("Jon Vey", "Priya Nair", "Olga Brandt")

CLIENTS: Final = (
    *("Acorn Dental", "Alder & Finch", "Arkady Foods", "Aster Clinic", "Baltic Rope"),
    *("Bellweather Hotels", "Birch Lane Schools", "Blue Anchor Freight", "Bramble Cycles"),
    *("Brightwell Water", "Cadmium Paints", "Calder Rail", "Carver Timber", "Cedar Row Homes"),
    *("Cinder & Oak", "Cobalt Bakery", "Copperfield Press", "Corvid Security", "Dovetail Joinery"),
    *("Drumlin Farms", "Eastgate Theatre", "Elmhurst Legal", "Ember Ceramics", "Fairway Tyres"),
    *("Fernhill Care", "Flint Valley Council", "Foxglove Cosmetics", "Galloway Ferries"),
    *("Garnet Insurance", "Glasshouse Seeds", "Granary Coffee", "Greyfriars Museum"),
    *("Harbour Lights Inn", "Hartwell Optics", "Hazel Logistics", "Heron Yachts", "Hollow Records"),
    *(
        "Ironbridge Tools",
        "Ivory Lane Dental",
        "Juniper Mills",
        "Kestrel Drones",
        "Kingfisher Taps",
    ),
    *("Lanternfish Games", "Larch Housing", "Linden Pharmacy", "Lodestar Travel", "Lowland Dairy"),
    *("Maple Street Bank", "Marigold Care", "Meridian Pumps", "Millrace Brewing", "Mistral Sails"),
    *(
        "Northlight Studios",
        "Nutmeg Kitchens",
        "Oakum Marine",
        "Orchard Clinics",
        "Osprey Couriers",
    ),
    *("Palisade Fencing", "Parable Books", "Pebble Nursery", "Pinion Watches", "Plover Airport"),
    *("Quarry Bank School", "Quill Stationers", "Redstart Energy", "Ridgeline Outdoor"),
    *("Rookery Wines", "Saddler & Sons", "Saltmarsh Foods", "Sandpiper Tours", "Selkirk Textiles"),
    *(
        "Silverbirch Credit",
        "Skylark Aviation",
        "Sorrel Gardens",
        "Spindle Fabrics",
        "Starling Post",
    ),
    *("Stonecrop Roofing", "Tamarisk Hotels", "Tanager Labs", "Teasel Wool", "Thistle Print"),
    *("Tidewater Ports", "Tinder Stoves", "Umber Galleries", "Vantage Lifts", "Verdigris Metals"),
    *(
        "Violet Hill Vets",
        "Wagtail Childcare",
        "Walnut Court",
        "Waxwing Candles",
        "Weir Hydraulics",
    ),
    *(
        "Whitethorn Estates",
        "Willow Bridge Trust",
        "Windrush Trams",
        "Yarrow Health",
        "Zephyr Fans",
    ),
)

FIRST: Final = (
    *("Ada", "Ben", "Carla", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ingrid", "Jamal"),
    *("Katya", "Leon", "Miriam", "Noor", "Oskar", "Paula", "Quentin", "Rosa", "Samir", "Tilda"),
    *("Umar", "Vera", "Wim", "Xenia", "Yusuf", "Zoe"),
)
LAST: Final = (
    *("Abbott", "Bakker", "Costa", "Dahl", "Eklund", "Fournier", "Gruber", "Haddad", "Ito"),
    *("Jansen", "Kovac", "Larsen", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi"),
    *("Sato", "Toledo", "Ueda", "Vidal", "Weiss", "Yilmaz", "Zeller"),
)

PROJECTS: Final = (
    *("booking portal", "stock system", "website relaunch", "brand refresh", "data warehouse"),
    *("service desk", "payroll move", "customer app", "pricing study", "supplier portal"),
    *("training platform", "reporting suite", "shop rebuild", "field app", "archive migration"),
    *("signage system", "intranet", "warehouse layout", "loyalty scheme", "process review"),
)

RIVALS: Final = (
    *("a larger agency", "their own IT team", "a freelancer", "the cheapest bidder"),
    *("their old supplier", "an offshore team", "a ready-made product", "doing nothing"),
)

EVENTS: Final = (
    *("the board meets", "the trade fair opens", "the auditors arrive", "the season starts"),
    *("the old licence ends", "the new branch opens", "the grant must be spent"),
    *("the annual report goes out", "the new director starts", "the lease on the server ends"),
)
"""What happens on the day that really matters."""
