using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>What the schools below a place wrote into the numbers of one section of a form, added up field by field: money by use.</summary>
internal static class FieldSums
{
    // A revision on another version of the form counts where the field still means the same there.
    private const string Sums = """
        with counted as materialized (
          select v.values, v.submitted_at, coalesce(v.programme_version, c.programme_version) as version
          from roster_entries r join cycles c on c.id = r.cycle_id
          left join module_values v on v.cycle_id = $1 and v.organisation_id = r.organisation_id and v.module_key = $2 and v.revision > 0
          where r.cycle_id = $1 and r.level = 'school' and r.path >= $3 and r.path < $4 and $2 = any(r.module_keys)
            and not exists (select from report_exemptions x where x.report_id = r.report_id))
        select f.key, sum(n.value), count(n.value)::int, count(*)::int, max(c.submitted_at)
        from counted c cross join unnest($5::text[]) f(key)
        left join lateral (select (c.values ->> f.key)::numeric as value where jsonb_typeof(c.values -> f.key) = 'number' and f.key || ' ' || c.version = any($6)) n on true
        group by f.key
        """;

    /// <summary>The numbers of the section that may be added up: one a school, about nobody in person.</summary>
    public static IReadOnlyList<Field> Fields(Programme programme, string module, string section) =>
        programme.Module(module) is { } form && form.Sections.FirstOrDefault(one => one.Key == section) is { } part
            ? [.. part.Fields.Select(key => form.Field(key)!).Where(field => field is { IsNumber: true, IsMatrix: false, IsPersonal: false })]
            : [];

    public static GroupQuestion Question(ProgrammeShelf programmes, DashboardHead head, string module, string section, Guid cycleId)
    {
        var programme = head.Formulas.Programme;
        return new(
            new(cycleId, programme.Version, head.CyclePath, $"{module}/{section}", "fields"),
            (connection, seconds, cancellationToken) => ReadAsync(connection, programmes, head, module, Fields(programme, module, section), cycleId, seconds, cancellationToken));
    }

    private static async Task<GroupRows> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, DashboardHead head, string module, IReadOnlyList<Field> fields, Guid cycleId, int seconds, CancellationToken cancellationToken)
    {
        var carried = await CarriedAsync(connection, programmes, head.Formulas.Programme, module, fields, cancellationToken);
        await using var command = new NpgsqlCommand(Sums, connection)
        {
            CommandTimeout = seconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = module }, new() { Value = head.CyclePath }, new() { Value = TreePath.End(head.CyclePath) },
                new() { Value = fields.Select(field => field.Key).ToArray() }, new() { Value = carried },
            },
        };
        var sums = new Dictionary<string, GroupResponse>();
        DateTimeOffset? asOf = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (key, sum) = (reader.GetString(0), reader.IsDBNull(1) ? (decimal?)null : reader.GetDecimal(1));
            sums[key] = new(key, null, sum, "none", sum, null, reader.GetInt32(3), reader.GetInt32(2), 0, null);
            asOf = reader.IsDBNull(4) ? asOf : reader.GetFieldValue<DateTimeOffset>(4);
        }

        GroupResponse[] parts = [.. fields.Select(field => (sums.GetValueOrDefault(field.Key) ?? new(field.Key, null, null, "none", null, null, 0, 0, 0, null)) with { Name = DefinitionResponse.Both(field.Name) })];
        decimal? all = parts.Any(part => part.Value is not null) ? parts.Sum(part => part.Value ?? 0) : null;
        return new(new("", null, all, "none", all, null, parts.Max(part => part.Due), parts.Max(part => part.Reported), 0, null), parts, asOf);
    }

    /// <summary>"field version" for each version of the form whose field means what it means now.</summary>
    private static async Task<string[]> CarriedAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Programme programme, string module, IReadOnlyList<Field> fields, CancellationToken cancellationToken)
    {
        var versions = new List<string>();
        await using (var command = new NpgsqlCommand("select version from programmes where key = $1", connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = programme.Key } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                versions.Add(reader.GetString(0));
            }
        }

        var carried = new List<string>();
        foreach (var version in versions)
        {
            var then = (await programmes.FindAsync(connection, programme.Key, version, cancellationToken))?.Programme.Module(module);
            carried.AddRange(fields.Where(field => then?.Field(field.Key) is { } old && FieldVersions.Carries(old, field)).Select(field => $"{field.Key} {version}"));
        }

        return [.. carried];
    }
}
