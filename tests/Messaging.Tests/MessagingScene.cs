using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.Messaging.Tests;

/// <summary>A database and a virtual host of the real broker for one test, and any number of hosts on them.</summary>
internal sealed class MessagingScene : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly List<ProbeHost> _hosts = [];

    private MessagingScene(TestDatabase database, VirtualHost broker, string connectionString) =>
        (_database, Broker, ConnectionString) = (database, broker, connectionString);

    public VirtualHost Broker { get; }

    public string ConnectionString { get; }

    /// <summary>For the verb "migrate".</summary>
    public Task<string> OwnerAsync() => _database.OwnerConnectionStringAsync(ProbeDbContext.Schema);

    public static async Task<MessagingScene> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var connectionString = await database.ConnectionStringAsync(ProbeDbContext.Schema);
        await Migration.CreateAsync<ProbeDbContext>(await database.OwnerConnectionStringAsync(ProbeDbContext.Schema), ProbeDbContext.Schema, CancellationToken.None);
        return new(database, await BrokerServer.CreateVirtualHostAsync(), connectionString);
    }

    /// <summary>A process of a service: dispatcher always, the consumers when asked for.</summary>
    public async Task<ProbeHost> StartAsync(bool consumer, TimeProvider? clock = null, Action<IServiceCollection>? services = null, Uri? broker = null, bool batches = false)
    {
        var host = await ProbeHost.StartAsync(ConnectionString, broker ?? Broker.Address, consumer, clock, services, batches);
        _hosts.Add(host);
        if ((consumer || batches) && broker is null)
        {
            await host.ReadyAsync();
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>One host with outbox, dispatcher and, if wanted, the probe consumer, wired by AddMessageBus as services do.</summary>
internal sealed class ProbeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _disposed;

    private ProbeHost(WebApplication app) => _app = app;

    public Probe Probe => _app.Services.GetRequiredService<Probe>();

    public IBus Bus => _app.Services.GetRequiredService<IBus>();

    public IServiceProvider Services => _app.Services;

    public static async Task<ProbeHost> StartAsync(string connectionString, Uri broker, bool consumer, TimeProvider? clock, Action<IServiceCollection>? services, bool batches)
    {
        var app = Build(connectionString, broker, consumer, clock, services, batches);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Task.Run(() => app.StartAsync(patience.Token)).WaitAsync(patience.Token);
        return new(app);
    }

    public static WebApplication Build(string connectionString, Uri broker, bool consumer, TimeProvider? clock = null, Action<IServiceCollection>? services = null, bool batches = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:Postgres"] = connectionString;
        builder.Configuration["ConnectionStrings:RabbitMq"] = broker.ToString();
        builder.AddServiceDefaults("probe");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddPostgres<ProbeDbContext>(ProbeDbContext.Schema);
        builder.AddMessageBus<ProbeDbContext>(bus =>
        {
            if (consumer)
            {
                bus.AddConsumer<ProbeConsumer, ProbeConsumer.Definition>();
            }

            if (batches)
            {
                bus.AddConsumer<ProbeBatchConsumer, ProbeBatchConsumer.Definition>();
            }
        });
        builder.Services.AddSingleton<Probe>();
        if (clock is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        }

        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>The consumer's queue is declared, bound and consumed: what is published from now on arrives.</summary>
    public Task ReadyAsync() => _app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(40));

    /// <summary>Commits a change and its event as a slice does.</summary>
    public Task<Guid> SaveAsync(TimeSpan delay = default) => InDatabaseAsync(async db =>
    {
        var now = _app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var closed = new CycleClosed { CycleId = Guid.CreateVersion7(now), ClosedAt = now };
        db.Add(OutboxMessage.For(closed, now, delay));
        await db.SaveChangesAsync();
        return closed.CycleId;
    });

    public async Task<TResult> InDatabaseAsync<TResult>(Func<ProbeDbContext, Task<TResult>> ask)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<ProbeDbContext>());
    }

    public Task<int> PendingAsync() => InDatabaseAsync(db => db.Outbox.CountAsync());

    public Task<int> EffectsAsync(Guid subject) => InDatabaseAsync(db => db.Effects.CountAsync(e => e.Subject == subject));

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            // The bus may wait for ever for the end of a connection that the broker has cut, and not only asynchronously: a thread
            // of its own, and the test is over by then.
            await Task.WhenAny(Task.Run(EndAsync), Task.Delay(TimeSpan.FromSeconds(30)));
        }
    }

    private async Task EndAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Polls until it holds; the machine may be busy, so patience is long and the question cheap.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> holds, string what)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(until) < Patience, $"Not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(50);
        }
    }

    /// <summary>Gives something that must not happen the time to happen.</summary>
    public static Task SomeTimeAsync() => Task.Delay(TimeSpan.FromSeconds(1.5));
}
