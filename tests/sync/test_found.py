"""Worlds in which the engine once broke a law, as small as they could be made."""

import pytest

from sync.acts import ACTS, Action
from sync.driving import play

NUMBERS = {act.__name__[1:]: ACTS.index(act) for act in ACTS}

FOUND = {
    "a file was read back without its rows after it was stamped": """
        add 271 936
        open 247 72
        save 306 272
        step 735 511
        half 352 114
        sync 194 749
        sync 681 91
        set 794 851
        open 775 93
        close 392 952
        race 624 846
    """,
    "a new row said nothing but its deal, as far as its copy showed it": """
        duplicate 101 989
        rename 386 837
        rename 495 974
        save 649 517
        half 779 449
        decide 702 817
        set 767 748
    """,
    "half of what belongs together was agreed upon": """
        sync 887 490
        crash 205 504
        set 455 805
        save 525 83
        set 157 845
        deal 792 249
        set 208 497
        set 225 961
        deal 695 67
        add 880 739
        save 509 705
        deal 500 857
        set 984 770
        save 820 366
        race 756 329
        set 743 697
        save 109 61
        open 647 982
        set 612 779
        sync 751 975
        add 410 670
        step 896 859
        open 680 769
    """,
    "two emptied a row and each filled it anew, without a cell in common": """
        empty 374 817
        open 940 755
        save 296 999
        race 847 734
        duplicate 57 529
        set 660 541
        save 596 501
        save 971 807
        decide 148 707
        race 305 557
        deal 229 969
        sync 216 877
        set 721 18
        open 647 397
        add 755 747
    """,
    "the process died between giving an id and accepting the row": """
        new_deal 642 888
        save 88 865
        race 345 687
    """,
    "it died so twice, and the row had grown in between": """
        add 865 461
        add 69 870
        save 159 662
        set 787 984
        sync 74 512
        save 803 429
        race 75 745
    """,
    "a file set aside and its copy held the same new deal": """
        new_deal 24 845
        save 891 12
        race 230 165
        step 331 495
        save 471 418
        sync 97 594
        set 211 445
        save 216 935
        save 260 243
        set 603 80
        save 882 613
    """,
    "a known file was read without its rows": """
        half 379 615
        open 555 773
        empty 456 83
        save 123 36
        sync 114 745
        clear 393 57
        delete 603 37
        step 6 516
        sync 705 335
    """,
    "a row was deleted of which another copy could not be read in full": """
        duplicate 310 105
        set 68 20
        save 562 939
        set 227 532
        break 219 965
        save 868 783
        step 199 423
        decide 613 295
        decide 462 165
        add 312 265
        empty 650 647
        save 446 764
    """,
    "a decision to delete was made before the row had grown": """
        duplicate 310 105
        set 68 20
        save 562 939
        new_deal 819 783
        delete 846 108
        save 868 783
        set 422 935
        empty 650 647
        decide 282 188
        save 446 764
        race 328 649
    """,
    "what belongs together was half hidden": """
        delete 147 821
        delete 293 845
        save 244 962
        sync 316 368
        add 508 409
        open 795 492
        set 888 171
        save 910 756
        rename 656 78
        save 524 177
        rename 592 184
        save 640 3
        empty 902 377
        set 850 805
        save 568 3
    """,
    "a row was emptied but for a column that its copy did not show": """
        save 106 239
        delete 104 360
        half 16 552
        crash 487 692
        save_as 111 89
        save 902 279
        save_as 188 895
        empty 8 477
        set 513 461
        rename 167 538
        save 977 59
    """,
    "a row lost all but what another copy did not show": """
        rename 950 15
        save 717 49
        set 756 71
        open 900 432
        empty 22 924
        duplicate 890 741
        save 842 20
    """,
    "a row came back of which a copy shows nothing but its deal": """
        delete 836 287
        rename 302 276
        rename 862 26
        save 995 934
        die 795 852
        open 216 455
        sync 919 908
    """,
    "the process died between giving an id and accepting the row, which was then deleted": """
        add 144 480
        save 299 903
        crash 146 833
        open 537 837
        delete 305 691
        sync 696 393
        save 786 117
        sort 964 503
        half 694 94
        set 545 371
        delete 96 456
        decide 680 749
        race 633 720
    """,
    "a row was emptied elsewhere of which nothing could be read here": """
        empty 12 246
        save 825 354
        sync 175 180
        break 251 753
        save 60 508
        save 117 535
        race 108 620
        empty 1 924
        delete 529 899
    """,
    "a decision and what was typed with it were taken the wrong way round after a run died": """
        step 387 652
        delete 152 801
        save 408 641
        save 569 626
        step 605 345
        add 43 475
        delete 111 451
        sync 295 537
        step 459 456
        delete 850 218
        set 612 94
        race 687 649
        save 533 122
        decide 481 220
        decide 620 578
        set 497 999
        save 664 676
        open 664 224
        crash 306 187
        deal 45 389
        crash 530 842
        set 595 112
        open 404 315
        set 798 98
        set 697 178
        clear 254 372
        lock 805 758
    """,
    "a row went whose copy another person had made, and was taken for it": """
        rename 37 6
        duplicate 717 354
        save 599 307
        empty 458 360
        save 984 583
        save 368 759
        delete 113 0
        set 438 978
        set 109 832
    """,
    "a decision that had to be made again was not asked again": """
        empty 605 206
        break 547 806
        save 709 903
        open 832 650
        save 622 10
        crash 335 742
        race 436 852
        open 62 176
        crash 68 106
        step 992 292
        add 550 969
        save 427 163
        decide 738 444
        decide 163 644
        race 518 238
        set 664 518
        save 156 963
        sync 779 946
    """,
    "a row was deleted elsewhere of which a copy showed little and hid the rest": """
        set 474 516
        clear 880 981
        open 154 36
        sync 309 283
        crash 563 151
        delete 743 646
        break 980 225
        open 546 936
        set 567 650
        sort 966 685
        save 976 860
        set 453 706
        clear 891 411
        open 907 926
        deal 710 741
        clear 132 186
        empty 265 525
        save 122 89
        rename 224 533
        break 709 9
        add 422 52
        save 683 5
        open 866 862
        set 744 425
        decide 803 431
        add 957 299
        save 461 715
        sync 485 471
        lock 870 681
    """,
}


def actions(text: str) -> list[Action]:
    words = (line.split() for line in text.split("\n") if line.strip())
    return [(NUMBERS[name], int(i), int(j)) for name, i, j in words]


@pytest.mark.parametrize("name", FOUND, ids=lambda name: name.replace(" ", "-"))
def test_a_world_that_broke_a_law_does_so_no_more(name: str) -> None:
    play(actions(FOUND[name]))
