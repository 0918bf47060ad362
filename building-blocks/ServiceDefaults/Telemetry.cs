using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gengdu.ServiceDefaults;

/// <summary>Traces, metrics and logs over OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set; nothing is collected otherwise.</summary>
internal static partial class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddService($"gengdu-{service}");
        builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter());
        // The hosting package does not restore everywhere (ADR 0004), so the host owns the providers' lifetime here.
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Gengdu.Messaging").AddProcessor(_ => new WithoutNumbers()).AddOtlpExporter().Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", "MassTransit", "Gengdu.Messaging", Rounds.Meter).AddOtlpExporter().Build());
        builder.Services.AddHostedService<Starter>();
    }

    /// <summary>Queries are left out of addresses by the framework; a telephone or identity number somebody put into a path goes here.</summary>
    private sealed partial class WithoutNumbers : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            foreach (var tag in (string[])["url.full", "url.path"])
            {
                if (data.GetTagItem(tag) is string address && LongNumber().IsMatch(address))
                {
                    data.SetTag(tag, LongNumber().Replace(address, "#"));
                }
            }
        }

        [GeneratedRegex(@"(?<![0-9A-Fa-f-])[0-9]{11,}[Xx]?(?![0-9A-Fa-f-])")]
        private static partial Regex LongNumber();
    }

    private sealed class Starter(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2000);
            metrics.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
