using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests.Running;

/// <summary>A file that some other process has begun: analytics leaves it alone until that process is gone, which is when this is disposed.</summary>
internal sealed class HeldExport : IAsyncDisposable
{
    private const string Begun = """
        insert into analytics.exports (id, kind, format, language, cycle_id, organisation_id, path, requested_by, requested_at, state, expires_at, done, total)
        select $1, $2, $3, 'zh', $4, $5, path, $6, now(), $7, now() + interval '1 hour', $8, $9 from analytics.organisations where id = $5
        """;

    private readonly NpgsqlConnection _holder;

    private HeldExport(NpgsqlConnection holder) => _holder = holder;

    public static async Task<HeldExport> OfAsync(
        ProvinceFixture province, Guid cycleId, Guid placeId, Guid personId, string kind, string format, string state, int done, int total, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var held = new HeldExport(new(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(province.System.Database.Name)) { Pooling = false }.ToString()));
        await held._holder.OpenAsync(cancellationToken);
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1, 7308))", held._holder) { Parameters = { new() { Value = id.ToString() } } };
        await hold.ExecuteNonQueryAsync(cancellationToken);
        await using var begin = new NpgsqlCommand(Begun, held._holder);
        foreach (var value in (object[])[id, kind, format, cycleId, placeId, personId, state, done, total])
        {
            begin.Parameters.Add(new() { Value = value });
        }

        Assert.Equal(1, await begin.ExecuteNonQueryAsync(cancellationToken));
        return held;
    }

    public ValueTask DisposeAsync() => _holder.DisposeAsync();
}
