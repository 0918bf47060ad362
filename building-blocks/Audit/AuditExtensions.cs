using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gengdu.Audit;

/// <summary>The service's own context, for reading the audit and for witnessing.</summary>
internal sealed record AuditContext(DbContext Db);

/// <summary>The audit of one service: its stream, its writers, its page.</summary>
public static class AuditExtensions
{
    /// <summary>Registers the audit over the service's own schema. AddPostgres comes before.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">Short name; the name of the stream, part of every hash.</param>
    public static void AddAudit<TDbContext>(this WebApplicationBuilder builder, string service)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration.GetSection("Audit");
        var services = builder.Services;
        services.AddSingleton(new AuditOptions(service)
        {
            KeyFile = settings["CheckpointKeyFile"],
            Folder = settings["CheckpointFolder"],
            Every = settings.GetValue("CheckpointEvery", TimeSpan.FromMinutes(10)),
        });
        services.AddSingleton<AuditSignal>();
        services.AddSingleton<IInterceptor, AuditSaveInterceptor>();
        services.AddSingleton<IInterceptor, AuditCommitInterceptor>();
        // Stopped in reverse: the last requests write, then that is chained, then sealed.
        services.AddSingleton<CheckpointWriter>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<CheckpointWriter>());
        services.AddSingleton<ChainWriter>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<ChainWriter>());
        services.AddSingleton<AuditWriter>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<AuditWriter>());
        services.AddSingleton(provider => new AuditTrail(provider.GetRequiredService<AuditWriter>(), provider.GetRequiredService<IHttpContextAccessor>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new AuditContext(provider.GetRequiredService<TDbContext>()));
    }

    /// <summary>Writes down what is denied, and says of every act where it comes from. Call before UseServiceDefaults: a missing sign-in is a denial too.</summary>
    public static void UseAudit(this WebApplication app) => app.UseMiddleware<AuditRequest>();

    /// <summary>Keeps the other services' checkpoints: who rewrites one service's stream would have to rewrite them all.</summary>
    public static void AddAuditWitness(this IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddConsumer<AuditCheckpointedConsumer, AuditCheckpointedConsumer.Definition>();
    }
}
