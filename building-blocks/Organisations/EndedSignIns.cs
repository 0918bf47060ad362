using System.Collections.Concurrent;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gengdu.Organisations;

/// <summary>
/// Sign-ins that ended while their tokens live, in memory, because every request asks. One replica of a service gets the
/// event; the others find the row within a second.
/// </summary>
public sealed class EndedSignIns(Database database, ReplicaOptions options, PostgresReadiness postgres, TimeProvider clock, ILogger<EndedSignIns> logger) : BackgroundService
{
    private const string OwnTable = "select session_id, received_at from ended_sign_ins where received_at > $1";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    /// <summary>A row may become visible after rows that were written later: read a little of what was read before again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private DateTimeOffset _readUntil = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _clearedAt;

    /// <summary>Whether tokens of this "sid" are refused, or those whose "jti" begins with the family of this one.</summary>
    public bool Contains(string? sessionId, string? tokenId = null) =>
        !_ended.IsEmpty && ((sessionId is not null && _ended.ContainsKey(sessionId)) || (tokenId?.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && _ended.ContainsKey(tokenId[..dot])));

    /// <summary>Refuses them from now on in this process.</summary>
    /// <param name="dead">A session or a family of tokens.</param>
    public void Add(string dead) => _ended[dead] = clock.GetUtcNow();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        // No rest after failures: a sign-in that ended must not live on longer than the database is away.
        await Rounds.RunAsync("ended-sign-ins", Every, LookAsync, clock, logger, stoppingToken, atOnce: true, resting: TimeSpan.Zero);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await ForgetAsync(cancellationToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - Keep > _readUntil - Overlap ? now - Keep : _readUntil - Overlap;
        await using var command = database.System.CreateCommand(options.EndedSignInsQuery ?? OwnTable);
        command.Parameters.AddWithValue(since);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _ended.TryAdd(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1));
        }

        _readUntil = now;
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _clearedAt < TimeSpan.FromMinutes(1))
        {
            return;
        }

        _clearedAt = now;
        foreach (var (sessionId, at) in _ended)
        {
            if (at < now - Keep)
            {
                _ended.TryRemove(sessionId, out _);
            }
        }

        if (options.EndedSignInsQuery is null)
        {
            await using var command = database.System.CreateCommand("delete from ended_sign_ins where received_at < $1");
            command.Parameters.AddWithValue(now - Keep);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>A sign-in whose tokens are refused, kept for ten minutes: longer than any token lives.</summary>
public sealed class EndedSignIn
{
    /// <summary>The claim "sid", or a family of tokens.</summary>
    public required string SessionId { get; init; }

    /// <summary>When this service heard of it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
