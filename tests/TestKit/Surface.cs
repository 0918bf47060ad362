using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.TestKit;

/// <summary>A service's surface as text, for <see cref="Snapshot"/>.</summary>
public static class Surface
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The OpenAPI document, without the address it happens to run at.</summary>
    public static async Task<string> OpenApiAsync(HttpClient client, string service, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri($"/openapi/{service}.json", UriKind.Relative), cancellationToken))!.AsObject();
        document.Remove("servers");
        return document.ToJsonString(Indented);
    }

    /// <summary>Each route with its method and who may call it, so that an anonymous one cannot slip in.</summary>
    public static string Routes(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var lines = services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(method => $"{method,-6} {Path(endpoint)}  {Policy(endpoint)}"));
        return string.Join('\n', lines.Distinct().OrderBy(line => line[7..], StringComparer.Ordinal).ThenBy(line => line, StringComparer.Ordinal));
    }

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    private static string Policy(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return "anonymous";
        }

        string[] named = [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? data.Roles).OfType<string>()];
        return named.Length == 0 ? "signed in" : string.Join(" and ", named);
    }
}
