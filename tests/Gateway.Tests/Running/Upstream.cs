using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>A service as the gateway sees one: real Kestrel, answers with what arrived, with "?slow" after half a minute, with "?refuse" that nobody is known.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<Upstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("{**path}", async (HttpContext http) =>
        {
            if (http.Request.Query.ContainsKey("slow"))
            {
                await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted);
            }

            if (http.Request.Query.ContainsKey("refuse"))
            {
                return Results.StatusCode(StatusCodes.Status401Unauthorized);
            }

            await new StreamReader(http.Request.Body).ReadToEndAsync(http.RequestAborted);
            return Results.Json(new Seen(http.Request.Method, http.Request.Path, http.Request.Host.Value!, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>What arrived.</summary>
internal sealed record Seen(string Method, string Path, string Host, Dictionary<string, string> Headers)
{
    public static async Task<Seen> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<Seen>())!;
    }

    public string? Header(string name) => Headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}
