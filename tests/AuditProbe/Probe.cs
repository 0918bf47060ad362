using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gengdu.AuditProbe;

/// <summary>A service that does nothing but change and audit, wired as services are.</summary>
internal static class Probe
{
    public static WebApplication Build(string connectionString, string? keyFile, string? folder, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:Postgres"] = connectionString;
        builder.Configuration["Messaging:Transport"] = "InMemory";
        builder.Configuration["Audit:CheckpointKeyFile"] = keyFile;
        builder.Configuration["Audit:CheckpointFolder"] = folder;
        builder.Configuration["Audit:CheckpointEvery"] = "00:00:02";
        builder.AddServiceDefaults("probe");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddPostgres<ProbeDbContext>(ProbeDbContext.Schema);
        builder.AddAudit<ProbeDbContext>(ProbeDbContext.Schema);
        builder.AddMessageBus<ProbeDbContext>();
        if (clock is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        }

        return builder.Build();
    }

    /// <summary>One change with its act, as a slice does it. Returns after the commit.</summary>
    public static async Task<Guid> ChangeAsync(IServiceProvider services, Func<AuditAct, AuditAct>? with = null)
    {
        await using var scope = services.CreateAsyncScope();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var db = scope.ServiceProvider.GetRequiredService<ProbeDbContext>();
        var change = new Change { Id = Guid.CreateVersion7(now) };
        db.Add(change);
        var act = AuditAct.By(null, "change.made", change.Id, "/1/2/", new { number = 1, code = "耕读" });
        db.Audit(with is null ? act : with(act), now);
        await db.SaveChangesAsync();
        return change.Id;
    }
}
