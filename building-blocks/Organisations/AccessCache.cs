using System.Collections.Concurrent;
using Gengdu.ServiceDefaults;

namespace Gengdu.Organisations;

/// <summary>
/// Who may act where, read from the replica and remembered for two seconds: a removed right dies at once in the process
/// that got the event, and within two seconds in every other.
/// </summary>
public sealed class AccessCache(Database database, ReplicaOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShanghaiOffset = TimeSpan.FromHours(8);

    private const string Present = """
        select a.role, o.id, o.path, o.level_roles from assignments a join organisations o on o.id = a.organisation_id
        where a.person_id = $1 and not a.removed and a.valid_from <= $2 and (a.valid_to is null or a.valid_to >= $2)
        order by o.path, a.role
        """;

    // A county that went to another city keeps the sight of its closed cycles, whose rows stay with the path of the fact. Nothing
    // of today stands under a former path: the organisation's own number is in it, and the organisation is elsewhere.
    private const string PresentAndFormer = """
        select a.role, o.id, p.path, o.level_roles from assignments a join organisations o on o.id = a.organisation_id
        cross join lateral (select o.path union select f.path from organisation_places f where f.organisation_id = o.id) p
        where a.person_id = $1 and not a.removed and a.valid_from <= $2 and (a.valid_to is null or a.valid_to >= $2)
        order by p.path, a.role
        """;

    private const string WithGroups = $"select r.*, null::text[] from ({PresentAndFormer}) r union all ({ReviewerGroup.Rights})";

    private readonly ConcurrentDictionary<Guid, (IReadOnlyList<Right> Rights, DateTimeOffset Until)> _known = new();
    private int _generation;
    private volatile bool _filled;

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

    /// <summary>
    /// Members of reviewer groups who may review a module of an organisation today, with the organisation of their step. Seen with the
    /// system's eyes: whoever writes to them need not see the group itself.
    /// </summary>
    public async Task<IReadOnlyList<(Guid OrganisationId, string Path, Guid PersonId)>> GroupMembersAsync(string path, string moduleKey, CancellationToken cancellationToken)
    {
        await using var command = database.System.CreateCommand(ReviewerGroup.Members);
        command.CommandTimeout = Budgets.StatementSeconds;
        command.Parameters.AddWithValue(path);
        command.Parameters.AddWithValue(DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(ShanghaiOffset).DateTime));
        command.Parameters.AddWithValue(moduleKey);
        var members = new List<(Guid, string, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            members.Add((reader.GetGuid(0), reader.GetString(1), reader.GetGuid(2)));
        }

        return members;
    }

    /// <summary>Drops everything known; called when the replica changed.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }

    private async Task<IReadOnlyList<Right>> ReadAsync(Guid personId, DateOnly today, CancellationToken cancellationToken)
    {
        await using var command = database.System.CreateCommand(options.ReviewerGroups ? WithGroups : options.EndedSignInsQuery is null ? PresentAndFormer : Present);
        command.CommandTimeout = Budgets.StatementSeconds;
        command.Parameters.AddWithValue(personId);
        command.Parameters.AddWithValue(today);
        var rights = new List<Right>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rights.Add(new(reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<string[]>(3))
            {
                Modules = reader.FieldCount > 4 && !await reader.IsDBNullAsync(4, cancellationToken) ? reader.GetFieldValue<string[]>(4) : [],
            });
        }

        return rights;
    }

    /// <summary>
    /// A service that starts for the first time has not been told of any organisation yet: nobody's rights are known, which is not
    /// that they have none.
    /// </summary>
    internal async ValueTask<bool> IsFilledAsync(CancellationToken cancellationToken)
    {
        if (!_filled)
        {
            await using var command = database.System.CreateCommand("select exists (select 1 from organisations)");
            command.CommandTimeout = Budgets.StatementSeconds;
            _filled = options.EndedSignInsQuery is not null || (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return _filled;
    }
}

/// <summary>The replica of the tree has not arrived yet: 503, like a database that is away.</summary>
public sealed class ReplicaEmptyException : TimeoutException
{
    internal ReplicaEmptyException()
        : base("No organisation is known here yet; the events that tell of them are on their way")
    {
    }
}

/// <summary>One role at one place.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="OrganisationId">Where.</param>
/// <param name="Path">Stored path of that place: the present one, or a former one, under which closed cycles keep their rows.</param>
/// <param name="LevelRoles">Levels that place plays.</param>
public sealed record Right(string Role, Guid OrganisationId, string Path, IReadOnlyList<string> LevelRoles)
{
    /// <summary>Reporters and approvers act for their own organisation; all other roles for the subtree.</summary>
    public bool CoversSubtree => Role is not (Roles.Reporter or Roles.Approver);

    /// <summary>Of a reviewer group's right: the modules it is for; empty for all.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Whether this is a reviewer group's right to a module of an organisation at the path.</summary>
    public bool IsGroupFor(string path, string moduleKey) => Role == Roles.GroupReviewer && Covers(path) && (Modules.Count == 0 || Modules.Contains(moduleKey));

    /// <summary>Whether this right reaches an organisation at the path.</summary>
    public bool Covers(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return CoversSubtree ? path.StartsWith(Path, StringComparison.Ordinal) : path == Path;
    }
}
