using Npgsql;

namespace Gengdu.TestKit;

/// <summary>Runs scripts/recount as an operator does: plain SQL that shares nothing with the engine but the stored revisions.</summary>
public static class SqlRecount
{
    /// <param name="database">Its name.</param>
    /// <param name="source">"services" for the revisions as reporting stores them, "analytics" for what analytics was told of them.</param>
    /// <returns>A line for each figure of each node that is not what was counted.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(string database, string source)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(database) + ";Pooling=false");
        await connection.OpenAsync();
        // Facts and figures of one moment, whatever is delivered meanwhile.
        await using var transaction = await connection.BeginTransactionAsync(global::System.Data.IsolationLevel.RepeatableRead);
        foreach (var part in (string[])[$"from-{source}", "schools", "nodes"])
        {
            await using var step = new NpgsqlCommand(await TextAsync(part), connection) { CommandTimeout = 600 };
            await step.ExecuteNonQueryAsync();
        }

        await using var compare = new NpgsqlCommand(await TextAsync("differences"), connection);
        await using var reader = await compare.ExecuteReaderAsync();
        var differences = new List<string>();
        while (await reader.ReadAsync())
        {
            differences.Add($"{reader.GetString(1)} {reader.GetString(2)}: stored {reader.GetString(3)}, recounted {reader.GetString(4)}");
        }

        return differences;
    }

    private static Task<string> TextAsync(string part) => File.ReadAllTextAsync(RepositoryRoot.Combine("scripts", "recount", $"{part}.sql"));
}
