using Gengdu.LivePages;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>Rows of a key by day, kept with it so that all replicas count together, and answers at once, counted by each replica for itself.</summary>
internal sealed class FeedQuota(Database database, IOptions<FeedOptions> options, TimeProvider clock)
{
    private const string Room = "feed";
    private readonly PageSeats _seats = new(options.Value.AtOnce);

    /// <summary>A place among the answers being made, to be given back; null when there is none.</summary>
    public IDisposable? TryEnter(Guid key) => _seats.TryTake(key, Room, options.Value.AllAtOnce) ? new Place(_seats, key) : null;

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

    private sealed class Place(PageSeats seats, Guid key) : IDisposable
    {
        public void Dispose() => seats.Leave(key, Room);
    }
}
