using Npgsql;

namespace Gengdu.Supervision.Clocks;

/// <summary>What an organisation was urged and warned about goes with it: its new county reads it, the old one does not. Behind the tree's lock.</summary>
internal static class ClockPlaces
{
    public static async Task FollowAsync(NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { "urges", "escalations" })
        {
            await using var command = new NpgsqlCommand(
                $"update {table} u set holder_path = o.path from organisations o where u.holder_id = any($1) and o.id = u.holder_id and u.holder_path <> o.path", connection);
            command.Parameters.AddWithValue(organisationIds);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
