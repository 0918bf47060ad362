using System.Collections.Concurrent;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Programmes;

/// <summary>
/// Compiled programmes. A version is immutable, so what was compiled once is right for ever, whatever becomes of the
/// transaction that first asked for it.
/// </summary>
internal sealed class ProgrammeShelf
{
    private readonly ConcurrentDictionary<(string Key, string Version), Formulas> _compiled = new();

    /// <summary>The programme's formulas, or null while ProgrammePublished has not arrived.</summary>
    public async ValueTask<Formulas?> FindAsync(NpgsqlConnection connection, string key, string version, CancellationToken cancellationToken)
    {
        if (_compiled.TryGetValue((key, version), out var known))
        {
            return known;
        }

        await using var command = new NpgsqlCommand("select bundle from programmes where key = $1 and version = $2", connection);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(version);
        return await command.ExecuteScalarAsync(cancellationToken) is string bundle
            ? _compiled.GetOrAdd((key, version), new Formulas(ProgrammeReader.FromJson(bundle)))
            : null;
    }
}
