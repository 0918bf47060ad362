using System.Collections.Concurrent;
using Npgsql;

namespace Gengdu.Organisations;

/// <summary>
/// Who may act where, read from the replica and remembered for two seconds: a removed right dies at once in the process
/// that got the event, and within two seconds in every other.
/// </summary>
public sealed class AccessCache(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShanghaiOffset = TimeSpan.FromHours(8);
    private readonly ConcurrentDictionary<Guid, (IReadOnlyList<Right> Rights, DateTimeOffset Until)> _known = new();
    private int _generation;

    /// <summary>The person's rights today (Asia/Shanghai).</summary>
    public async ValueTask<IReadOnlyList<Right>> RightsOfAsync(Guid personId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(personId, out var known) && known.Until > now)
        {
            return known.Rights;
        }

        var generation = Volatile.Read(ref _generation);
        var rights = await ReadAsync(personId, DateOnly.FromDateTime(now.ToOffset(ShanghaiOffset).DateTime), cancellationToken);
        // A change that arrived while reading must not be hidden behind what was read before it.
        if (generation == Volatile.Read(ref _generation))
        {
            _known[personId] = (rights, now + Keep);
        }

        return rights;
    }

    /// <summary>Drops everything known; called when the replica changed.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }

    private async Task<IReadOnlyList<Right>> ReadAsync(Guid personId, DateOnly today, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select a.role, o.id, o.path, o.level_roles from assignments a join organisations o on o.id = a.organisation_id
            where a.person_id = $1 and not a.removed and a.valid_from <= $2 and (a.valid_to is null or a.valid_to >= $2)
            order by o.path, a.role
            """);
        command.Parameters.AddWithValue(personId);
        command.Parameters.AddWithValue(today);
        var rights = new List<Right>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rights.Add(new(reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<string[]>(3)));
        }

        return rights;
    }
}

/// <summary>One role at one place.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="OrganisationId">Where.</param>
/// <param name="Path">Stored path of that place.</param>
/// <param name="LevelRoles">Levels that place plays.</param>
public sealed record Right(string Role, Guid OrganisationId, string Path, IReadOnlyList<string> LevelRoles)
{
    /// <summary>Reporters and approvers act for their own organisation; all other roles for the subtree.</summary>
    public bool CoversSubtree => Role is not (Roles.Reporter or Roles.Approver);

    /// <summary>Whether this right reaches an organisation at the path.</summary>
    public bool Covers(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return CoversSubtree ? path.StartsWith(Path, StringComparison.Ordinal) : path == Path;
    }
}
