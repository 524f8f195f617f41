#include "dolen/core/safe.h"

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

bool safe_is_protected(const char *safe_contact, const char *do_not_contact)
{
    return str_eq(safe_contact, "YES") || str_eq(do_not_contact, "YES");
}

bool safe_covers(const char *person_column)
{
    static const char *const covered[] = { "phone", "phone2", "email", "address", "postcode", "lsoa",
                                           "emergency_phone" };

    for (size_t i = 0; i < ARRAY_LEN(covered); i++)
        if (str_eq(person_column, covered[i]))
            return true;
    return false;
}

const char *safe_show(const char *value, bool is_protected, bool revealed)
{
    if (!value || !*value)
        return "";
    return is_protected && !revealed ? SAFE_DOTS : value;
}
