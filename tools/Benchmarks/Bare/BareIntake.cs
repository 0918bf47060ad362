using System.Text;
using System.Text.Json;
using Npgsql;

namespace Gengdu.Benchmarks.Bare;

/// <summary>The service of the bare pipeline: parses the answers, looks at each once, writes them durably, says 201.</summary>
internal static class BareIntake
{
    public static async Task RunAsync(BareSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(settings.Intake.ToString());
        await using var app = builder.Build();
        await using var postgres = NpgsqlDataSource.Create(settings.Postgres);
        var commit = new GroupCommit(postgres, settings.Sample);
        commit.Start();
        if (settings.Broker is { } broker)
        {
            new BareRelay(postgres, broker).Start();
        }

        app.MapGet("/ready", () => "ready");
        app.MapPost("/submissions", (RequestDelegate)(context => HandleAsync(context, commit)));
        await app.RunAsync();
    }

    private static async Task HandleAsync(HttpContext context, GroupCommit commit)
    {
        using var body = new MemoryStream(8192);
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        using (var values = JsonDocument.Parse(bytes))
        {
            if (values.RootElement.ValueKind != JsonValueKind.Object || values.RootElement.EnumerateObject().Any(a => a.Name.Length > 64))
            {
                context.Response.StatusCode = 422;
                return;
            }
        }

        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await commit.WriteAsync(id, Encoding.UTF8.GetString(bytes.Span));
        context.Response.StatusCode = 201;
        await context.Response.WriteAsJsonAsync(new { receipt = id });
    }
}
