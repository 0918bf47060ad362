using System.Text.Json;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;
using Npgsql;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>Makes of a copy of the figures what everybody may see of it: cells, and the file.</summary>
internal static class EditionWriter
{
    private const int PatienceSeconds = 60;

    private const string Cycle = "select name_zh, name_en, period_key, period_start, period_end from cycles where id = $1";

    private const string Places = """
        select n.path, o.code, o.level_roles, o.name_zh, o.name_en from node_completeness n
        left join organisations p on n.organisation_id is null and p.path = n.path
        join organisations o on o.id = coalesce(n.organisation_id, p.id)
        where n.cycle_id = $1 and exists (select 1 from published_figures f where f.cycle_id = $1 and f.number = $2 and f.path = n.path) order by o.code
        """;

    private const string Numbers = "select path, indicator, numerator, denominator from published_figures where cycle_id = $1 and number = $2";

    // Publications from before there were open files told nobody anything.
    private const string Given = """
        select s.number, s.organisation_id, s.node_path, s.indicators, s.prints from published_schools s
        where s.cycle_id = $1 and (s.number = $2 or exists (select 1 from publications p join open_editions e on e.cycle_id = $1 and e.number = p.number where p.cycle_id = $1 and p.number = s.number))
        """;

    private const string Told = """
        select c.number, c.path, c.indicator, c.state, c.value, c.schools, c.since from open_cells c
        join publications p on p.cycle_id = $1 and p.number = c.number where c.cycle_id = $1 and c.number < $2
        """;

    private const string Write = """
        with cells as (
          insert into open_cells (cycle_id, number, path, indicator, state, value, schools, since)
          select $1, $2, c.* from unnest($3::text[], $4::text[], $5::text[], $6::numeric[], $7::int[], $8::int[]) c)
        insert into open_editions (cycle_id, number, csv, sha256, names, shown, hidden, held) values ($1, $2, $9, $10, $11::jsonb, $12, $13, $14)
        """;

    /// <returns>The hash of the file.</returns>
    public static async Task<string> WriteAsync(NpgsqlConnection connection, CycleFacts cycle, int number, bool final, CancellationToken cancellationToken)
    {
        var programme = cycle.Formulas.Programme;
        var indicators = programme.Indicators.ToDictionary(indicator => indicator.Id);
        await using var batch = new NpgsqlBatch(connection) { Timeout = PatienceSeconds };
        batch.BatchCommands.Add(new(Cycle) { Parameters = { new() { Value = cycle.Id } } });
        foreach (var sql in new[] { Places, Numbers, Given, Told })
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = cycle.Id }, new() { Value = number } } });
        }

        OpenNames names;
        List<KnownNumber> numbers = [];
        ILookup<int, (string Indicator, SchoolPart Part)> given;
        List<OpenCell> told;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            names = await NamesAsync(reader, programme, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (indicators.TryGetValue(reader.GetString(1), out var indicator))
                {
                    numbers.Add(new(reader.GetString(0), indicator.Id, Rating.Shown(indicator, new(true, reader.GetDecimal(2), reader.GetDecimal(3), null))));
                }
            }

            given = await GivenAsync(reader, cancellationToken);
            told = await ToldAsync(reader, cycle.Id, cancellationToken);
        }

        var earlier = told.GroupBy(cell => cell.Number).OrderBy(group => group.Key).Select(group => new EarlierPublication(
            group.Key, given[group.Key].ToLookup(pair => pair.Indicator, pair => pair.Part), group.ToDictionary(cell => (cell.Path, cell.Indicator)))).ToList();
        var cells = OpenCells.Of(cycle.Id, number, programme.Indicators, numbers, given[number].ToLookup(pair => pair.Indicator, pair => pair.Part), earlier);
        return await StoreAsync(connection, names, cycle.Id, number, final, cells, cancellationToken);
    }

    private static async Task<string> StoreAsync(
        NpgsqlConnection connection, OpenNames names, Guid cycleId, int number, bool final, IReadOnlyList<OpenCell> cells, CancellationToken cancellationToken)
    {
        var csv = OpenFile.Csv(names, number, final, cells);
        var hash = OpenFile.Sha256(csv);
        await using var command = new NpgsqlCommand(Write, connection)
        {
            CommandTimeout = PatienceSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = number }, new() { Value = cells.Select(cell => cell.Path).ToArray() }, new() { Value = cells.Select(cell => cell.Indicator).ToArray() },
                new() { Value = cells.Select(cell => cell.State).ToArray() }, new() { Value = cells.Select(cell => cell.Value).ToArray() },
                new() { Value = cells.Select(cell => cell.Schools).ToArray() }, new() { Value = cells.Select(cell => cell.Since).ToArray() },
                new() { Value = csv }, new() { Value = hash }, new() { Value = JsonSerializer.Serialize(names, JsonSerializerOptions.Web) },
                new() { Value = cells.Count(cell => cell.State == OpenCell.Shown) }, new() { Value = cells.Count(cell => cell.State == OpenCell.Hidden) },
                new() { Value = cells.Count(cell => cell.State == OpenCell.Held) },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return hash;
    }

    private static async Task<OpenNames> NamesAsync(NpgsqlDataReader reader, Programme programme, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken);
        var cycle = new OpenCycle(new(reader.GetString(0), reader.GetString(1)), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4));
        await reader.NextResultAsync(cancellationToken);
        var read = new List<(string Path, string Code, string[] Levels, Text Name)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            read.Add((reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), new(reader.GetString(3), reader.GetString(4))));
        }

        var codes = read.ToDictionary(place => place.Path, place => place.Code);
        var areas = programme.Areas.ToDictionary(area => area.Key, area => area.Name);
        return new(
            cycle,
            [.. read.Select(place => new PlacedName(place.Path, new(place.Code, place.Levels.Contains("county") ? "county" : place.Levels[0], place.Name, codes.GetValueOrDefault(TreePath.Parent(place.Path)))))],
            [.. programme.Indicators.Where(indicator => indicator.Later is null).Select(i => new OpenIndicator(
                i.Id, new(i.Name.Zh, i.Name.En), i.Unit is null ? null : new(i.Unit.Zh, i.Unit.En), i.Decimals, i.Area, new(areas[i.Area].Zh, areas[i.Area].En), i.Direction))]);
    }

    private static async Task<ILookup<int, (string Indicator, SchoolPart Part)>> GivenAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var given = new List<(int Number, (string, SchoolPart) Given)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (number, school, node) = (reader.GetInt32(0), reader.GetGuid(1), reader.GetString(2));
            given.AddRange(reader.GetFieldValue<string[]>(3).Zip(reader.GetFieldValue<long[]>(4), (indicator, print) => (number, (indicator, new SchoolPart(school, node, print)))));
        }

        return given.ToLookup(row => row.Number, row => row.Given);
    }

    private static async Task<List<OpenCell>> ToldAsync(NpgsqlDataReader reader, Guid cycleId, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var told = new List<OpenCell>();
        while (await reader.ReadAsync(cancellationToken))
        {
            told.Add(new()
            {
                CycleId = cycleId,
                Number = reader.GetInt32(0),
                Path = reader.GetString(1),
                Indicator = reader.GetString(2),
                State = reader.GetString(3),
                Value = reader.IsDBNull(4) ? null : reader.GetDecimal(4),
                Schools = reader.IsDBNull(5) ? null : reader.GetInt32(5),
                Since = reader.GetInt32(6),
            });
        }

        return told;
    }
}
