using System.Collections.Concurrent;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Organisations.Tests;

/// <summary>The two pools: whose scope a connection carries, whoever had it before and however they gave it back.</summary>
public sealed class DatabaseTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>
{
    private const string Setting = "select current_setting('gengdu.scope', true)";

    [Fact]
    public async Task Connection_OfAnotherCaller_NeverCarriesTheScopeOfTheOneBefore()
    {
        var backends = new ConcurrentDictionary<int, byte>();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            for (var turn = 0; turn < 60; turn++)
            {
                await ActAsync(caller, random, backends);
            }
        })));
        Assert.InRange(backends.Count, 2, 20);
    }

    [Fact]
    public async Task Connection_WithoutARequest_SeesAll_WithoutACallerNothing()
    {
        await using var system = await Database.OpenConnectionAsync(CancellationToken.None);
        Assert.Equal("*", await AskAsync(system));
        Assert.Equal("", await InRequestAsync(null, AskAsync));
        Assert.Equal("", await InRequestAsync(RowScope.Nothing, AskAsync));
    }

    [Fact]
    public async Task Connection_WhoseBackendWasKilled_SaysTheScopeAnew()
    {
        var scope = RowScope.Of([], [], [], ["/1/2/"]);
        await InRequestAsync(scope, AskAsync);
        await fixture.ExecuteAsAdministratorAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'gengdu-supervision'");
        var broken = 0;
        for (var tries = 0; tries < 40; tries++)
        {
            try
            {
                Assert.Equal(scope.Setting, await InRequestAsync(scope, AskAsync));
            }
            catch (NpgsqlException)
            {
                broken++;
            }
        }

        Assert.InRange(broken, 0, 39);
    }

    [Fact]
    public async Task Scope_ThatCouldNotBeSaid_IsNotTakenForSaid()
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();
        for (var tries = 0; tries < 40; tries++)
        {
            RowScope first = RowScope.Of([], [], [], [$"/1/{tries}/"]), second = RowScope.Of([], [], [], [$"/2/{tries}/"]);
            await InRequestAsync(first, AskAsync);
            try
            {
                await RowScopes.InRequestAsync(fixture.Services, second, async _ =>
                {
                    await using var connection = await Database.OpenConnectionAsync(over.Token);
                    return true;
                });
            }
            catch (OperationCanceledException)
            {
                // Told or not: nobody knows, and nobody builds on it.
            }

            Assert.Equal(second.Setting, await InRequestAsync(second, AskAsync));
            Assert.Equal(first.Setting, await InRequestAsync(first, AskAsync));
        }
    }

    [Fact]
    public async Task Context_InARequest_CarriesItsCallersScopeInAndOutOfTransactions()
    {
        var scope = RowScope.Of([Guid.Empty], ["/1/2/3/"], ["/1/2/"], []);
        var said = await RowScopes.InRequestAsync(fixture.Services, scope, async services =>
        {
            var db = services.GetRequiredService<ReplicaDbContext>();
            var outside = await db.Database.SqlQueryRaw<string>($"{Setting} as \"Value\"").SingleAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            return (outside, await db.Database.SqlQueryRaw<string>($"{Setting} as \"Value\"").SingleAsync());
        });
        Assert.Equal((scope.Setting, scope.Setting), said);
        Assert.Equal("*", await fixture.InDatabaseAsync(db => db.Database.SqlQueryRaw<string>($"{Setting} as \"Value\"").SingleAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("1/2/")]
    [InlineData("/1/2")]
    public void Scope_OfSomethingThatIsNoPath_CoversNothing(string path) => Assert.Equal("1||||", RowScope.Of([], [path], [path], [path]).Setting);

    private Database Database => fixture.Services.GetRequiredService<Database>();

    private async Task ActAsync(int caller, Random random, ConcurrentDictionary<int, byte> backends)
    {
        var expected = random.Next(4) switch { 0 => null, 1 => RowScope.Nothing, _ => RowScope.Of([], [], [], [$"/1/{caller}/{random.Next(3)}/"]) };
        var (kind, outside) = (random.Next(5), random.Next(6) == 0);
        try
        {
            if (outside)
            {
                await using var system = await Database.OpenConnectionAsync(CancellationToken.None);
                Assert.Equal("*", await AskAsync(system));
                return;
            }

            await RowScopes.InRequestAsync(fixture.Services, expected, async services =>
            {
                if (kind == 0)
                {
                    var said = await services.GetRequiredService<ReplicaDbContext>().Database.SqlQueryRaw<string>($"{Setting} as \"Value\"").SingleAsync();
                    Assert.Equal(expected?.Setting ?? "", said);
                    return true;
                }

                await using var connection = await Database.OpenConnectionAsync(CancellationToken.None);
                backends[connection.ProcessID] = 1;
                Assert.Equal(expected?.Setting ?? "", await AskAsync(connection));
                await using var command = new NpgsqlCommand(kind switch { 1 => "begin; select 1", 2 => "select 1 / 0", 3 => "select pg_sleep(0.02)", _ => Setting }, connection);
                using var hungUp = new CancellationTokenSource(kind == 3 ? random.Next(1, 20) : 5000);
                await command.ExecuteNonQueryAsync(hungUp.Token);
                return true;
            });
        }
        catch (Exception fault) when (fault is PostgresException { SqlState: PostgresErrorCodes.DivisionByZero } or OperationCanceledException)
        {
            // Given back in the middle of something.
        }
    }

    private async Task<T> InRequestAsync<T>(RowScope? scope, Func<NpgsqlConnection, Task<T>> ask) => await RowScopes.InRequestAsync(fixture.Services, scope, async _ =>
    {
        await using var connection = await Database.OpenConnectionAsync(CancellationToken.None);
        return await ask(connection);
    });

    private static async Task<string?> AskAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Setting, connection);
        return await command.ExecuteScalarAsync() as string;
    }
}
