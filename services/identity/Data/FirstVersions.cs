namespace Gengdu.Identity.Data;

/// <summary>What the migration TreeHistory does with organisations that are older than their history: their present state is its beginning.</summary>
internal static class FirstVersions
{
    public const string Sql = """
        insert into identity.organisation_versions (organisation_id, version, act, effective_from, effective_until, recorded_at, parent_id, parent_code, parent_name_zh,
          parent_name_en, path, code, name_zh, name_en, level_roles, kind, school_type, urban_rural, run_by, grades, valid_from, valid_to)
        select o.id, o.version, 'created', o.valid_from, null, now(), o.parent_id, p.code, p.name_zh, p.name_en, o.path, o.code, o.name_zh, o.name_en, o.level_roles, o.kind,
          o.school_type, o.urban_rural, o.run_by, o.grades, o.valid_from, o.valid_to
        from identity.organisations o left join identity.organisations p on p.id = o.parent_id
        where not exists (select from identity.organisation_versions v where v.organisation_id = o.id);
        update identity.organisations set changed_on = valid_from, recorded_at = valid_from where changed_on = '-infinity' or changed_on < valid_from;
        insert into identity.taken_codes (code, taken_at) select distinct code, now() from identity.organisations where kind = 'school' on conflict do nothing;
        """;
}
