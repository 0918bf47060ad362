using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Reporting.Reports;

/// <summary>
/// How large a school is and whether pupils live in, as known on the opening day: figures of the cycle are parted by it, and a group
/// must not change its members with every submission.
/// </summary>
/// <param name="SizeClass">"100-299"; null where it is not known.</param>
/// <param name="Boarding">"boarding" or "day"; null where it is not known.</param>
internal readonly record struct SchoolProfile(string? SizeClass, string? Boarding)
{
    // The register first; else the newest revision of the newest cycle that has one. A value by grade is summed.
    private const string Numbers = """
        select o.id, coalesce((select f.value from master_figures f where f.organisation_id = o.id and f.key = $1), (
          select case jsonb_typeof(v.values -> $2) when 'number' then (v.values ->> $2)::float8
            when 'object' then (select sum(case jsonb_typeof(x.value) when 'number' then (x.value #>> '{}')::float8 end) from jsonb_each(v.values -> $2) x) end
          from reports r join cycles c on c.id = r.cycle_id join module_reports m on m.report_id = r.id and m.module_key = $3
          join revisions v on v.module_report_id = m.id and v.number = m.revision
          where r.organisation_id = o.id and r.level = 'school' and c.programme_key = $4
          order by c.period_start desc, c.opens_at desc limit 1))
        from organisations o where o.path ^@ $5 and 'school' = any(o.level_roles)
        """;

    public static async Task<IReadOnlyDictionary<Guid, SchoolProfile>> ReadAsync(NpgsqlConnection connection, Programme programme, string root, CancellationToken cancellationToken)
    {
        var pupils = await NumbersAsync(connection, programme, programme.Profile.Pupils, root, cancellationToken);
        var boarders = await NumbersAsync(connection, programme, programme.Profile.Boarders, root, cancellationToken);
        double? Of(Dictionary<Guid, double> known, Guid id) => known.TryGetValue(id, out var value) ? value : null;
        return pupils.Keys.Union(boarders.Keys).ToDictionary(id => id, id => new SchoolProfile(programme.Profile.SizeOf(Of(pupils, id)), Profile.BoardingOf(Of(boarders, id))));
    }

    private static async Task<Dictionary<Guid, double>> NumbersAsync(NpgsqlConnection connection, Programme programme, ProfileSource? source, string root, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<Guid, double>();
        if (source is null || programme.ModuleOf(source.Field) is not { } module)
        {
            return numbers;
        }

        await using var command = new NpgsqlCommand(Numbers, connection)
        {
            CommandTimeout = 120,
            Parameters = { new() { Value = source.Master ?? "" }, new() { Value = source.Field }, new() { Value = module.Key }, new() { Value = programme.Key }, new() { Value = root } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                numbers[reader.GetGuid(0)] = reader.GetDouble(1);
            }
        }

        return numbers;
    }
}
