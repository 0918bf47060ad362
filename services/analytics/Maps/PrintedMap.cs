using System.Text;
using System.Text.Json;
using Npgsql;

namespace Gengdu.Analytics.Maps;

/// <summary>The map in force as a printed page draws it.</summary>
/// <param name="ApprovalNumber">审图号: stands under it on paper as on the screen.</param>
internal sealed record PrintedMap(IReadOnlyList<Outline> Outlines, string ApprovalNumber, string Source)
{
    /// <returns>Null where the province shows the cartogram.</returns>
    public static async Task<PrintedMap?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select m.shapes, m.approval_number, m.source from (select number from map_uses order by turn desc limit 1) u join maps m on m.number = u.number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(Read(reader.GetString(0)), reader.GetString(1), reader.GetString(2)) : null;
    }

    private static List<Outline> Read(string shapes)
    {
        var file = new GeoJson();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(shapes));
        file.Read(ref reader);
        return [.. file.Outlines.Select(one => one.Outline)];
    }
}
