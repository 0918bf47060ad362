using System.Collections.Concurrent;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Gengdu.Organisations.Tests;

internal sealed class ReplicaDbContext(DbContextOptions<ReplicaDbContext> options) : DbContext(options)
{
    public const string Schema = "supervision";

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    public DbSet<EndedSignIn> EndedSignIns => Set<EndedSignIn>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddOrganisations();
        modelBuilder.UseSnakeCase();
    }
}

/// <summary>A replica as a service has it, fed by its consumers over the in-memory bus; database and clock of one test class.</summary>
public sealed class OrganisationsFixture : IAsyncLifetime, IReceiveObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _deliveries = new();
    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>What the service was told to let follow, batch by batch.</summary>
    internal ConcurrentQueue<Guid[]> Moved { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 9, 15, 1, 0, 0, TimeSpan.Zero));

    internal IServiceProvider Services => _app!.Services;

    internal AccessCache Access => _app!.Services.GetRequiredService<AccessCache>();

    internal EndedSignIns EndedSignIns => _app!.Services.GetRequiredService<EndedSignIns>();

    internal static DateOnly Today { get; } = new(2026, 9, 15);

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var connectionString = await _database.ConnectionStringAsync(ReplicaDbContext.Schema);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:Postgres"] = connectionString;
        builder.Configuration["Messaging:Transport"] = "InMemory";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults("supervision");
        builder.Logging.ClearProviders();
        builder.AddPostgres<ReplicaDbContext>(ReplicaDbContext.Schema);
        builder.AddMessageBus<ReplicaDbContext>(bus => bus.AddOrganisationConsumers());
        builder.AddOrganisations<ReplicaDbContext>("supervision", whenMoved: (_, _, organisationIds, _) =>
        {
            Moved.Enqueue(organisationIds);
            return Task.CompletedTask;
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        _app = builder.Build();
        await Migration.CreateAsync<ReplicaDbContext>(await _database.OwnerConnectionStringAsync(ReplicaDbContext.Schema), ReplicaDbContext.Schema, CancellationToken.None);
        await _app.StartAsync();
        var bus = _app.Services.GetRequiredService<IBusControl>();
        bus.ConnectReceiveObserver(this);
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _database!.DisposeAsync();
    }

    internal Task ExecuteAsAdministratorAsync(string sql) => PostgresServer.ExecuteAsync(_database!.Name, sql);

    internal async Task<TResult> InDatabaseAsync<TResult>(Func<ReplicaDbContext, Task<TResult>> ask)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<ReplicaDbContext>());
    }

    /// <summary>Returns when the consumer is done with it.</summary>
    internal async Task DeliverAsync<TEvent>(TEvent message)
        where TEvent : class
    {
        var id = NewId();
        var done = _deliveries[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _app!.Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = id);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    internal static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    internal static OrganisationChanged Division(string path, params string[] levels) => new()
    {
        OrganisationId = NewId(), ParentId = null, Path = path, Code = "130100", NameZh = "石家庄市", NameEn = "Shijiazhuang City", LevelRoles = levels, Kind = "division",
        ValidFrom = new(2020, 9, 1), Version = 1,
    };

    internal static AssignmentChanged Assigned(Guid organisationId, string role, Guid? person = null) => new()
    {
        AssignmentId = NewId(), PersonId = person ?? NewId(), Role = role, OrganisationId = organisationId, ValidFrom = new(2020, 9, 1), Version = 1,
    };

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context)
    {
        _deliveries.GetValueOrDefault(context.GetMessageId() ?? default)?.TrySetResult();
        return Task.CompletedTask;
    }

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception)
    {
        _deliveries.GetValueOrDefault(context.GetMessageId() ?? default)?.TrySetException(exception);
        return Task.CompletedTask;
    }
}
