using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Claims;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.Organisations.Tests;

/// <summary>What a service needs is not there yet, or not just now: everybody is told so and to come again, nobody that it is broken or that they are signed out.</summary>
public sealed class AwayTests
{
    private static readonly Guid Person = Guid.Parse("0193b0c0-0000-7000-8000-000000000001");

    [Fact]
    public async Task Keys_OfAnIssuerThatRefusesConnections_Are503_AndThoseWhoNeedNoneAreServed()
    {
        await using var service = await StartAsync(new() { ["Identity:MetadataAddress"] = $"http://127.0.0.1:{FreePort()}/keys" });
        Away(await service.GetAsync("/api/me", signedIn: true));
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/api/open", signedIn: true)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.GetAsync("/api/me", signedIn: false)).StatusCode);
    }

    [Fact]
    public async Task Keys_OfAnIssuerThatNeverAnswers_Are503ForAllWhoWait_BeforeTheirPatienceEnds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var service = await StartAsync(new() { ["Identity:MetadataAddress"] = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/keys" });
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => service.GetAsync("/api/me", signedIn: true))))
        {
            Away(answer);
        }
    }

    [Fact]
    public async Task Database_ThatIsNotThereYet_OrRefusesTheRoleOrTheConnection_Is503()
    {
        await using var database = await TestDatabase.CreateAsync();
        var own = new NpgsqlConnectionStringBuilder(await database.ConnectionStringAsync(ReplicaDbContext.Schema));
        var none = new NpgsqlConnectionStringBuilder(own.ConnectionString) { Database = "gengdu_test_there_is_none" };
        var nobody = new NpgsqlConnectionStringBuilder(own.ConnectionString) { Username = "gengdu_there_is_none" };
        var refusing = new NpgsqlConnectionStringBuilder(own.ConnectionString) { Host = "127.0.0.1", Port = FreePort() };
        foreach (var settings in new[] { none, nobody, refusing })
        {
            await using var service = await StartAsync(new() { ["ConnectionStrings:Postgres"] = settings.ConnectionString });
            Away(await service.GetAsync("/api/rows", signedIn: false));
            Away(await service.GetAsync("/api/sql", signedIn: false));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.GetAsync("/health/ready", signedIn: false)).StatusCode);
        }
    }

    [Fact]
    public async Task Replica_ThatNothingHasArrivedIn_SaysSo_AndNotThatSomebodyHasNoRights()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Migration.CreateAsync<ReplicaDbContext>(await database.OwnerConnectionStringAsync(ReplicaDbContext.Schema), ReplicaDbContext.Schema, CancellationToken.None);
        await using var service = await StartAsync(new() { ["ConnectionStrings:Postgres"] = await database.ConnectionStringAsync(ReplicaDbContext.Schema) });
        Away(await service.GetAsync($"/api/as/{Person}", signedIn: false));
        await using (var scope = service.App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ReplicaDbContext>();
            db.Add(new Organisation
            {
                Id = Person, Path = "/1/", Code = "130000", NameZh = "河北省", NameEn = "Hebei", LevelRoles = ["province"], Kind = "division", Grades = [], ValidFrom = new(2020, 9, 1), Version = 1,
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var answer = await service.GetAsync($"/api/as/{Person}", signedIn: false);
        Assert.Equal((HttpStatusCode.OK, "0 rights"), (answer.StatusCode, answer.Body));
    }

    [Theory]
    [InlineData("/api/wrapped", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/api/bug", HttpStatusCode.InternalServerError)]
    [InlineData("/api/no-table", HttpStatusCode.InternalServerError)]
    public async Task Faults_AreAwayHoweverDeepTheyAreWrapped_AndBugsStayBugs(string path, HttpStatusCode status)
    {
        await using var database = await TestDatabase.CreateAsync();
        await Migration.CreateAsync<ReplicaDbContext>(await database.OwnerConnectionStringAsync(ReplicaDbContext.Schema), ReplicaDbContext.Schema, CancellationToken.None);
        await using var service = await StartAsync(new() { ["ConnectionStrings:Postgres"] = await database.ConnectionStringAsync(ReplicaDbContext.Schema) });
        await service.App.Services.GetRequiredService<PostgresReadiness>().WhenReadyAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, (await service.GetAsync(path, signedIn: false)).StatusCode);
    }

    private static async Task<Running> StartAsync(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Identity:Issuer"] = TestTokens.Issuer;
        builder.Configuration["ConnectionStrings:Postgres"] = $"Host=127.0.0.1;Port={FreePort()};Username=nobody;Database=none";
        builder.Configuration["Messaging:Transport"] = "InMemory";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddServiceDefaults("supervision");
        builder.AddServiceAuthentication("supervision");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddPostgres<ReplicaDbContext>(ReplicaDbContext.Schema);
        builder.AddMessageBus<ReplicaDbContext>();
        builder.AddOrganisations<ReplicaDbContext>("supervision");
        var app = builder.Build();
        app.UseServiceDefaults();
        // Who calls, without the keys of an issuer.
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/api/as", out var rest))
            {
                context.User = new(new ClaimsIdentity([new Claim("sub", rest.Value!.Trim('/'))]));
            }

            return next(context);
        });
        app.UseCaller();
        app.MapGet("/api/me", () => "somebody");
        app.MapGet("/api/open", () => "anybody").AllowAnonymous();
        app.MapGet("/api/rows", async (HttpContext http) => await http.RequestServices.GetRequiredService<ReplicaDbContext>().Organisations.CountAsync()).AllowAnonymous();
        app.MapGet("/api/sql", async (Database database) => await ScalarAsync(database, "select count(*) from organisations")).AllowAnonymous();
        app.MapGet("/api/no-table", async (Database database) => await ScalarAsync(database, "select count(*) from there_is_no_such_table")).AllowAnonymous();
        app.MapGet("/api/as/{personId}", (Caller caller) => $"{caller.Rights.Count} rights").AllowAnonymous();
        app.MapGet("/api/wrapped", string () => throw new InvalidOperationException("wrapped", new DbUpdateException("wrapped", new TimeoutException()))).AllowAnonymous();
        app.MapGet("/api/bug", string () => throw new InvalidOperationException("a bug")).AllowAnonymous();
        await app.StartAsync();
        return new(app, new HttpClient { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) });
    }

    private static async Task<object?> ScalarAsync(Database database, string sql)
    {
        await using var command = database.System.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static void Away(Answer answer)
    {
        Assert.Contains("GEN-0009", answer.Body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.SaysWhen));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed record Answer(HttpStatusCode StatusCode, string Body, bool SaysWhen);

    private sealed record Running(WebApplication App, HttpClient Client) : IAsyncDisposable
    {
        public async Task<Answer> GetAsync(string path, bool signedIn)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = signedIn ? new AuthenticationHeaderValue("Bearer", TestTokens.Issue(Person, "supervision")) : null;
            using var response = await Client.SendAsync(request);
            return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter is not null);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await App.DisposeAsync();
        }
    }
}
