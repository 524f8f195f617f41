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
static const char *const other_women[] = {
    "Amina", "Zainab", "Magdalena", "Agnieszka", "Mei", "Priya", "Fatima", "Olena", "Hodan", "Nasreen", "Grace",
    "Ioana",
};
static const char *const other_men[] = {
    "Mohammed", "Tomasz", "Piotr", "Wei", "Rahul", "Yusuf", "Samuel", "Oleksandr", "Abdi", "Imran", "Emmanuel",
    "Bogdan",
};
static const char *const other_families[] = {
    "Khan", "Begum", "Nowak", "Kowalska", "Chen", "Patel", "Hassan", "Shevchenko", "Ali", "Rahman", "Okafor",
    "Popescu", "Warsame", "Singh",
};

#define POOL(p) \
    { p##_women, p##_men, p##_families, ARRAY_LEN(p##_women), ARRAY_LEN(p##_men), ARRAY_LEN(p##_families) }
const struct name_pool name_pools[POOL_COUNT] = {
    [POOL_WELSH] = POOL(welsh), [POOL_ENGLISH] = POOL(english), [POOL_OTHER] = POOL(other),
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
