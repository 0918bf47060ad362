using System.Text.Json;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>A number that is told otherwise than in the publication before.</summary>
/// <param name="From">What was told; null when nothing was.</param>
/// <param name="To">What is told; null when nothing is.</param>
/// <param name="FromState">"shown", "none", "hidden" or "held"; null when there was no such number.</param>
/// <param name="ToState">"shown", "none", "hidden" or "held"; null when there is no such number any more.</param>
public sealed record OpenChangeResponse(string Code, Text Place, string Indicator, decimal? From, string? FromState, decimal? To, string? ToState);

/// <summary>Compares the cells of a publication with those of the one before.</summary>
internal static class OpenChanges
{
    private const string Names = "select names from open_editions where cycle_id = $1 and number in ($2, $2 - 1) order by number desc";

    private const string Differing = """
        select coalesce(a.path, b.path), coalesce(a.indicator, b.indicator), b.value, b.state, a.value, a.state, (count(*) over ())::int
        from (select * from open_cells where cycle_id = $1 and number = $2) a
        full join (select * from open_cells where cycle_id = $1 and number = $2 - 1) b on b.path = a.path and b.indicator = a.indicator
        where exists (select 1 from open_editions where cycle_id = $1 and number = $2 - 1) and exists (select 1 from open_editions where cycle_id = $1 and number = $2)
          and ((a.value, a.schools) is distinct from (b.value, b.schools) or a.state is distinct from b.state)
        order by 1, 2 limit $3 offset $4
        """;

    public static async Task<Page<OpenChangeResponse>> ReadAsync(Database database, Guid cycleId, int number, PageRequest page, CancellationToken cancellationToken)
    {
        // Cells are told to everybody, and nobody need be signed in.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(new(Names) { Parameters = { new() { Value = cycleId }, new() { Value = number } } });
        batch.BatchCommands.Add(new(Differing) { Parameters = { new() { Value = cycleId }, new() { Value = number }, new() { Value = page.Size() }, new() { Value = page.Skip() } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var places = new Dictionary<string, OpenPlace>();
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var place in JsonSerializer.Deserialize<OpenNames>(reader.GetString(0), JsonSerializerOptions.Web)!.Places)
            {
                places.TryAdd(place.Path, place.Place);
            }
        }

        await reader.NextResultAsync(cancellationToken);
        var (changes, total) = (new List<OpenChangeResponse>(), 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = places.GetValueOrDefault(reader.GetString(0));
            changes.Add(new(
                place?.Code ?? "", place?.Name ?? new("", ""), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetDecimal(2), reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetDecimal(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
            total = reader.GetInt32(6);
        }

        return new(changes, page.Number(), page.Size(), total);
    }
}
