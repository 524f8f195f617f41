/* practice_words.c - names and places that invented people are put together from. */
#include "practice_words.h"

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static const char *const welsh_women[] = {
    "Siân", "Mair", "Gwenllian", "Eleri", "Nia", "Rhian", "Lowri", "Cerys", "Ffion", "Angharad", "Non", "Catrin",
    "Elin", "Gwyneth", "Eirlys", "Menna", "Heledd", "Bethan", "Delyth", "Mererid", "Olwen", "Dilys", "Meinir",
    "Llinos", "Efa", "Beca", "Carys", "Glenys", "Myfanwy", "Nesta", "Tegwen", "Lleucu", "Morfydd", "Gwenno",
};
static const char *const welsh_men[] = {
    "Dafydd", "Gethin", "Ifan", "Rhys", "Emyr", "Gwyn", "Alun", "Hywel", "Iestyn", "Tomos", "Llŷr", "Owain",
    "Geraint", "Dylan", "Siôn", "Huw", "Aled", "Gruffydd", "Meirion", "Eifion", "Idris", "Elis", "Macsen", "Bryn",
    "Arwel", "Glyn", "Wyn", "Ieuan", "Dewi", "Emrys", "Gwilym", "Steffan", "Osian",
};
static const char *const welsh_families[] = {
    "Jones", "Davies", "Williams", "Evans", "Thomas", "Roberts", "Lewis", "Hughes", "Morgan", "Griffiths", "Edwards",
    "Owen", "James", "Rees", "Jenkins", "Price", "Lloyd", "Phillips", "Parry", "Powell", "Watkins", "Rowlands",
    "Pritchard", "Bowen", "Llewelyn", "ap Gwilym", "Pugh", "Probert", "Ellis", "Vaughan", "Bevan", "Gwynne", "Tudur",
    "Penri", "Ŵyn", "Llwyd", "Prys-Jones", "Môn Hughes",
};
static const char *const english_women[] = {
    "Susan", "Margaret", "Karen", "Julie", "Emma", "Sarah", "Patricia", "Linda", "Chloe", "Jade", "Donna", "Maureen",
    "Joan", "Tracey", "Amy", "Jessica", "Hannah", "Pauline", "Sandra", "Kelly", "Ruth", "Zoe", "Doreen", "Lisa",
};
static const char *const english_men[] = {
    "John", "David", "Paul", "Mark", "Kevin", "Peter", "Michael", "Stephen", "Gary", "Lee", "Ryan", "Adam", "Brian",
    "Roy", "Terence", "Craig", "Luke", "Matthew", "Robert", "Ken", "Dennis", "Jack", "Jordan", "Callum",
};
static const char *const english_families[] = {
    "Smith", "Taylor", "Brown", "Harris", "Walker", "Green", "Wood", "Baker", "Clarke", "Turner", "Cooper", "Ward",
    "Hill", "Marsh", "O'Brien", "Murphy", "Collins", "Kelly", "Richards", "Matthews", "Beynon", "Hopkins", "Tucker",
    "Fisher", "Holloway-Reed", "Carter",
};
/* What goes with a name. Of all together they are the published shares of practice_shares.c: 52 of a hundred have a Welsh
 * name, 40 an English one, 8 one from elsewhere. */
static const struct weighted mostly_welsh[] = {
    { "WHITE_WELSH", 985 }, { "WHITE_IRISH", 4 }, { "MIXED_CARIBBEAN", 4 }, { "MIXED_AFRICAN", 2 }, { "MIXED_ASIAN", 3 },
    { "MIXED_OTHER", 2 }, { NULL, 0 }
};
static const struct weighted white_other[] = { { "WHITE_OTHER", 1 }, { NULL, 0 } };
static const struct weighted chinese[] = { { "ASIAN_CHINESE", 9 }, { "ASIAN_OTHER", 1 }, { NULL, 0 } };
static const struct weighted indian[] = { { "ASIAN_INDIAN", 1 }, { NULL, 0 } };
static const struct weighted south_asian[] = { { "ASIAN_PAKISTANI", 6 }, { "ASIAN_BANGLADESHI", 4 }, { NULL, 0 } };
static const struct weighted african[] = { { "BLACK_AFRICAN", 9 }, { "BLACK_OTHER", 1 }, { NULL, 0 } };
static const struct weighted arab[] = { { "OTHER_ARAB", 1 }, { NULL, 0 } };

static const struct weighted none_or_chapel[] = {
    { "NONE", 521 }, { "CHRISTIAN", 466 }, { "BUDDHIST", 4 }, { "JEWISH", 2 }, { "OTHER", 7 }, { NULL, 0 }
};
static const struct weighted mostly_christian[] = { { "CHRISTIAN", 8 }, { "NONE", 2 }, { NULL, 0 } };
static const struct weighted mostly_none[] = { { "NONE", 6 }, { "CHRISTIAN", 2 }, { "BUDDHIST", 2 }, { NULL, 0 } };
static const struct weighted mostly_hindu[] = { { "HINDU", 6 }, { "SIKH", 2 }, { "CHRISTIAN", 1 }, { "NONE", 1 }, { NULL, 0 } };
static const struct weighted muslim[] = { { "MUSLIM", 1 }, { NULL, 0 } };

static const struct weighted rather_welsh[] = {
    { "WELSH", 725 }, { "WELSH BRITISH", 85 }, { "BRITISH", 172 }, { "OTHER", 18 }, { NULL, 0 }
};
static const struct weighted welsh_or_english[] = {
    { "WELSH", 450 }, { "WELSH BRITISH", 70 }, { "BRITISH", 162 }, { "ENGLISH", 300 }, { "OTHER", 18 }, { NULL, 0 }
};
static const struct weighted rather_other[] = {
    { "OTHER", 55 }, { "BRITISH", 30 }, { "WELSH BRITISH", 15 }, { NULL, 0 }
};

static const char *const polish_women[] = { "Magdalena", "Agnieszka" };
static const char *const polish_men[] = { "Tomasz", "Piotr" };
static const char *const polish_families[] = { "Nowak", "Mazur" };
static const char *const romanian_women[] = { "Ioana" };
static const char *const romanian_men[] = { "Bogdan" };
static const char *const romanian_families[] = { "Popescu", "Munteanu" };
static const char *const ukrainian_women[] = { "Olena" };
static const char *const ukrainian_men[] = { "Oleksandr" };
static const char *const ukrainian_families[] = { "Shevchenko", "Kovalenko" };
static const char *const chinese_women[] = { "Mei" };
static const char *const chinese_men[] = { "Wei" };
static const char *const chinese_families[] = { "Chen", "Wong" };
static const char *const indian_women[] = { "Priya" };
static const char *const indian_men[] = { "Rahul" };
static const char *const indian_families[] = { "Patel", "Singh" };
static const char *const south_asian_women[] = { "Nasreen", "Fatima" };
static const char *const south_asian_men[] = { "Imran", "Mohammed" };
static const char *const south_asian_families[] = { "Khan", "Rahman" };
static const char *const somali_women[] = { "Hodan", "Amina" };
static const char *const somali_men[] = { "Abdi", "Yusuf" };
static const char *const somali_families[] = { "Warsame", "Ali" };
static const char *const nigerian_women[] = { "Grace" };
static const char *const nigerian_men[] = { "Samuel", "Emmanuel" };
static const char *const nigerian_families[] = { "Okafor", "Eze" };
static const char *const arab_women[] = { "Zainab" };
static const char *const arab_men[] = { "Yusuf" };
static const char *const arab_families[] = { "Hassan" };

#define POOL(p, ethnic, religion, identity, language) \
    { p##_women, p##_men, p##_families, ARRAY_LEN(p##_women), ARRAY_LEN(p##_men), ARRAY_LEN(p##_families), \
      ethnic, religion, identity, language }
const struct name_pool welsh_names = POOL(welsh, mostly_welsh, none_or_chapel, rather_welsh, NULL);
const struct name_pool english_names = POOL(english, mostly_welsh, none_or_chapel, welsh_or_english, NULL);
const struct name_pool elsewhere_names[] = {
    POOL(polish, white_other, mostly_christian, rather_other, "Polish"),
    POOL(romanian, white_other, mostly_christian, rather_other, "Romanian"),
    POOL(ukrainian, white_other, mostly_christian, rather_other, "Ukrainian"),
    POOL(chinese, chinese, mostly_none, rather_other, "Cantonese"),
    POOL(indian, indian, mostly_hindu, rather_other, "Gujarati"),
    POOL(south_asian, south_asian, muslim, rather_other, "Urdu"),
    POOL(somali, african, muslim, rather_other, "Somali"),
    POOL(nigerian, african, mostly_christian, rather_other, "Igbo"),
    POOL(arab, arab, muslim, rather_other, "Arabic"),
};
const struct weighted share_elsewhere[] = {
    { "0", 22 }, { "1", 7 }, { "2", 7 }, { "3", 10 }, { "4", 12 }, { "5", 18 }, { "6", 6 }, { "7", 10 }, { "8", 8 },
    { NULL, 0 }
};

/* Towns that do not exist, in real authorities: an invented address must not be somebody's. */
const struct place places[] = {
    { "W06000011", "SA1", "Aberllwyd" }, { "W06000011", "SA5", "Pontfelin" }, { "W06000011", "SA6", "Llanfawr" },
    { "W06000012", "SA11", "Castell-y-waun" }, { "W06000012", "SA13", "Porth Tywod" },
    { "W06000010", "SA15", "Llanfelin" }, { "W06000010", "SA31", "Caerddu" }, { "W06000010", "SA18", "Rhyd-y-glo" },
    { "W06000008", "SY23", "Aberwylan" }, { "W06000009", "SA61", "Hwlfordd Newydd" },
    { "W06000013", "CF31", "Pen-y-ffordd" }, { "W06000015", "CF24", "Trefelin" },
    { "W06000016", "CF37", "Cwmbronant" },
    { "W06000002", "LL57", "Bethania Uchaf" }, { "W06000001", "LL77", "Llanwylan" },
    { "W06000023", "LD1", "Llandre Wen" },
};
const size_t place_count = ARRAY_LEN(places);

const char *const streets[] = {
    "Heol y Felin", "Stryd y Capel", "Ffordd yr Afon", "Maes Ŷd", "Lôn Las", "Heol Wern", "Rhodfa'r Môr",
    "Stryd Fawr", "Mill Lane", "Chapel Street", "Station Road", "Harbour Row", "Orchard Close", "Quarry Terrace",
    "Park View", "Beech Grove", "Tan-y-bryn", "Llys Derwen", "Maes-y-dre", "Cae Gwyn", "Bryn Hyfryd",
    "Railway Terrace",
};
const size_t street_count = ARRAY_LEN(streets);

const struct surgery surgeries[] = {
    { "Meddygfa'r Bont", "Dr Catrin Puw", "Nyrs Eleri Bowen" }, { "Glan-yr-afon Surgery", "Dr Owen Penry", "Nurse T Blake" },
    { "Meddygfa Seren", "Dr Llinos Rees", "Nyrs Mali Prys" }, { "Harbour Health Centre", "Dr Anita Rao", "Nurse J Marsh" },
    { "Canolfan Iechyd y Dderwen", "Dr Iwan Parry", "Nyrs Gwen Tudur" }, { "Quarry Road Surgery", "Dr H Fisher", "Nurse D Cole" },
};
const size_t surgery_count = ARRAY_LEN(surgeries);
