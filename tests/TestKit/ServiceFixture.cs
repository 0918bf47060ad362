using System.Net.Http.Headers;
using Gengdu.Organisations;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gengdu.TestKit;

/// <summary>
/// One service as it really runs: its own Program, a Postgres database of its own under its own role, its real
/// authentication. Faked are the clock, the signing key and the broker. Derive once per test project, use as class fixture.
/// </summary>
/// <param name="service">Short name: schema, role and token audience.</param>
public abstract class ServiceFixture<TProgram, TDbContext>(string service) : WebApplicationFactory<TProgram>, IAsyncLifetime
    where TProgram : class
    where TDbContext : DbContext
{
    private TestDatabase? _database;
    private string _connectionString = "";
    private EventLog? _events;

    /// <summary>A school morning within the first term; move it with Advance.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 9, 15, 1, 0, 0, TimeSpan.Zero));

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The fixture is not initialised");

    /// <summary>What the service published, and delivery of events to it.</summary>
    public EventLog Events => _events ?? throw new InvalidOperationException("The fixture is not initialised");

    /// <summary>Organisations and people in the service's replica.</summary>
    public TestProvince Province { get; private set; } = null!;

    /// <summary>As the service's own role.</summary>
    public string ConnectionString => _connectionString;

    public virtual async ValueTask InitializeAsync()
    {
        _database = await TemplateDatabase.CopyAsync<TDbContext>(service);
        _connectionString = await _database.ConnectionStringAsync(service);
        _events = new EventLog(Services);
        await _events.ConnectAsync();
        Province = new TestProvince(Services, typeof(TDbContext));
        await InDatabaseAsync(async db =>
        {
            // Identity owns the tree itself: its tests make it through its own slices.
            if (db.Model.FindEntityType(typeof(Organisation)) is not null)
            {
                await Province.CreateAsync(db);
            }
        });
    }

    /// <summary>A client that carries the person's token.</summary>
    public HttpClient CreateClient(Guid personId) => CreateClient(TestTokens.Issue(personId, service));

    /// <summary>The same with the session named.</summary>
    public HttpClient CreateClient(Guid personId, string sessionId) => CreateClient(TestTokens.Issue(personId, service, token => token.Claims["sid"] = sessionId));

    /// <summary>Another system that speaks for itself (client_credentials).</summary>
    public HttpClient CreateSystemClient() => CreateClient(TestTokens.Issue(Guid.Empty, service, token =>
    {
        (token.Claims["sub"], token.Claims["client_id"]) = ("provincial-system", "provincial-system");
        token.Claims.Remove("sid");
    }));

    /// <summary>A client with any token; for tests about tokens.</summary>
    public HttpClient CreateClient(string token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A scope with the service's own context, to arrange rows and to look at what was written.</summary>
    public async Task InDatabaseAsync(Func<TDbContext, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TDbContext>());
    }

    public async Task<TResult> InDatabaseAsync<TResult>(Func<TDbContext, Task<TResult>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TDbContext>());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Further settings of one service; called before its Program runs.</summary>
    protected virtual void Configure(IDictionary<string, string?> settings)
    {
    }

    /// <summary>Replaces what lies outside the process; our own types are never replaced.</summary>
    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = _connectionString,
            ["Messaging:Transport"] = "InMemory",
            ["Identity:Issuer"] = TestTokens.Issuer,
            ["Programmes:Directory"] = RepositoryRoot.Combine("programmes"),
            ["Logging:LogLevel:Default"] = "Warning",
        };
        Configure(settings);
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.UseEnvironment("Testing");
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Trust);
            ConfigureServices(services);
        });
    }
}
