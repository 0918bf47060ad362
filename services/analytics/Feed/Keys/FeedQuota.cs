using Gengdu.LivePages;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>Rows of a key by day and its answers at once, kept with it so that all replicas count together; answers of all keys, counted by each replica for itself.</summary>
internal sealed class FeedQuota(Database database, IOptions<FeedOptions> options, TimeProvider clock)
{
    private const string Room = "feed";

    // A slot that is free, or whose answer should have ended long ago. Who meets another at the same slot looks again.
    private const string Take = """
        insert into feed_places as p (key_id, slot, place, until)
        select $1, s, $2, $3 from (select from feed_keys where id = $1 for key share) k cross join generate_series(1, $4) s
        where not exists (select from feed_places o where o.key_id = $1 and o.slot = s and o.until > $5) order by s limit 1
        on conflict (key_id, slot) do update set place = excluded.place, until = excluded.until where p.until <= $5
        returning true
        """;

    // No answer takes so long; a process that fell gives nothing back.
    private static readonly TimeSpan Longest = 1.5 * FeedEndpoints.Budget;
    private readonly PageSeats _seats = new(options.Value.AtOnce);

    /// <summary>A place among the answers being made, to be given back; null when there is none. It is a row, not a connection: slow clients hold none.</summary>
    public async Task<IAsyncDisposable?> TryEnterAsync(Guid key, CancellationToken cancellationToken)
    {
        if (!_seats.TryTake(key, Room, options.Value.AllAtOnce))
        {
            return null;
        }

        var place = new Place(this, key, Guid.CreateVersion7(clock.GetUtcNow()));
        try
        {
            for (var tries = 0; tries < options.Value.AtOnce; tries++)
            {
                if (await TakeAsync(place, cancellationToken))
                {
                    return place;
                }
            }
        }
        catch
        {
            _seats.Leave(key, Room);
            throw;
        }

        _seats.Leave(key, Room);
        return null;
    }

    /// <summary>Takes the rows off the day's share and notes the use; before they are shown. Nothing is taken when there are not so many left.</summary>
    public async Task<Problem?> SpendAsync(Guid key, int rows, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (day, left) = FeedKey.DayOf(now);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("""
            update feed_keys set last_used_at = $2, rows_used = case when used_on = $3 then rows_used else 0 end + $4, used_on = $3
            where id = $1 and case when used_on = $3 then rows_used else 0 end + $4 <= $5 returning true
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = key }, new() { Value = now }, new() { Value = day }, new() { Value = (long)rows }, new() { Value = (long)options.Value.RowsPerDay } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true ? null : FeedProblems.RowsUsedUp(options.Value.RowsPerDay, left);
    }

    private async Task<bool> TakeAsync(Place place, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Take, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = place.Key }, new() { Value = place.Id }, new() { Value = now + Longest }, new() { Value = options.Value.AtOnce }, new() { Value = now } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task LeaveAsync(Place place)
    {
        _seats.Leave(place.Key, Room);
        try
        {
            await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand("delete from feed_places where key_id = $1 and place = $2", connection)
            { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = place.Key }, new() { Value = place.Id } } };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The answer is out; the place ends by itself.
        }
    }

    private sealed class Place(FeedQuota quota, Guid key, Guid id) : IAsyncDisposable
    {
        public Guid Key => key;

        public Guid Id => id;

        public ValueTask DisposeAsync() => new(quota.LeaveAsync(this));
    }
}
