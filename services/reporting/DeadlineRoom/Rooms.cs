using System.Collections.Concurrent;
using System.Diagnostics;
using Gengdu.Reporting.Cycles;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>
/// One snapshot a cycle for everybody who looks, read again when it is a tick old and somebody asks: three hundred pages cost as
/// much as one, and none costs nothing. Whoever comes while it is read waits for that reading.
/// </summary>
internal sealed class Rooms(Database database, IOptions<RoomOptions> options, TimeProvider clock)
{
    // A reading that takes long is not repeated at once: the deadline itself needs the database.
    private const int Rest = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private readonly ConcurrentDictionary<Guid, Room> _rooms = new();
    private long _readings;

    /// <summary>How often the database was asked; for tests and for the figures.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>When the next snapshot may be there.</summary>
    public DateTimeOffset NextAfter(RoomSnapshot snapshot) => snapshot.At + (_rooms.TryGetValue(snapshot.Cycle.Id, out var room) ? room.Every : TimeSpan.FromSeconds(options.Value.TickSeconds));

    public async Task<RoomSnapshot> ReadAsync(Cycle cycle, CancellationToken cancellationToken)
    {
        var room = _rooms.GetOrAdd(cycle.Id, _ => new(TimeSpan.FromSeconds(options.Value.TickSeconds)));
        if (room.Present is { } present && clock.GetUtcNow() - present.At < room.Every)
        {
            return present;
        }

        await room.Gate.WaitAsync(cancellationToken);
        try
        {
            if (room.Present is { } fresh && clock.GetUtcNow() - fresh.At < room.Every)
            {
                return fresh;
            }

            Interlocked.Increment(ref _readings);
            var started = Stopwatch.GetTimestamp();
            // Not with the token of one who looks: others wait for the same.
            room.Present = await RoomReader.ReadAsync(database, cycle.Id, room.Present, options.Value, clock.GetUtcNow(), CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(started) * Rest;
            var tick = TimeSpan.FromSeconds(options.Value.TickSeconds);
            room.Every = took < tick ? tick : took > Longest ? Longest : took;
            return room.Present;
        }
        finally
        {
            room.Gate.Release();
        }
    }

    private sealed class Room(TimeSpan every)
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public RoomSnapshot? Present { get; set; }

        public TimeSpan Every { get; set; } = every;
    }
}
