using System.Text.Json;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>A publication as everybody sees it.</summary>
/// <param name="Number">1, 2, … within the cycle; the highest is the one in force, the others stay.</param>
/// <param name="Newest">No later one corrects it.</param>
/// <param name="Final">The cycle was closed and all that was submitted was accepted.</param>
/// <param name="Sha256">Of the file figures.csv.</param>
/// <param name="Reason">Why it corrects the one before; null of the first.</param>
/// <param name="Shown">Numbers that are told.</param>
/// <param name="Hidden">Numbers that are not told: of fewer than three schools, or giving one away.</param>
/// <param name="Held">Numbers still told as in an earlier publication.</param>
public sealed record OpenPublicationResponse(
    Guid CycleId, OpenCycle Cycle, int Number, bool Newest, bool Final, DateTimeOffset PublishedAt, string ProgrammeVersion, string FormulaVersion, string Sha256, Text? Reason, int Shown, int Hidden, int Held);

/// <summary>Reads what was published, and nothing of drafts.</summary>
internal static class OpenPublications
{
    private const string Select = """
        select p.cycle_id, p.number, p.number = (select max(number) from publications m where m.cycle_id = p.cycle_id), p.final, p.published_at, p.programme_version, p.formula_version,
          e.sha256, p.reason_zh, p.reason_en, e.shown, e.hidden, e.held, e.names
        from publications p join open_editions e on e.cycle_id = p.cycle_id and e.number = p.number
        """;

    public const string One = $"{Select} where p.cycle_id = $1 and p.number = $2";

    public const string Newest = $"{Select} order by p.published_at desc, p.cycle_id desc, p.number desc limit $1 offset $2";

    public static (OpenPublicationResponse Publication, OpenNames Names) Read(NpgsqlDataReader row)
    {
        var names = JsonSerializer.Deserialize<OpenNames>(row.GetString(13), JsonSerializerOptions.Web)!;
        var reason = row.IsDBNull(8) ? null : new Text(row.GetString(8), row.IsDBNull(9) ? row.GetString(8) : row.GetString(9));
        return (new(
            row.GetGuid(0), names.Cycle, row.GetInt32(1), row.GetBoolean(2), row.GetBoolean(3), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5), row.GetString(6), row.GetString(7), reason,
            row.GetInt32(10), row.GetInt32(11), row.GetInt32(12)), names);
    }

    /// <summary>One publication, and some cells of it; null when it was not published, or not yet.</summary>
    public static async Task<(OpenPublicationResponse Publication, OpenNames Names)?> FindAsync(Database database, Guid cycleId, int number, CancellationToken cancellationToken)
    {
        // Nobody need be signed in, so there is no scope; these tables are made to be told to everybody.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(One, connection) { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = number } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }
}
