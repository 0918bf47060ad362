using System.Text.Json;
using Gengdu.System.Tests.Scope.Routes;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Scope;

/// <summary>All declarations, and all routes that the committed OpenAPI documents know.</summary>
internal static class RouteList
{
    public static IReadOnlyDictionary<string, IReadOnlyList<Route>> Declared { get; } = new Dictionary<string, IReadOnlyList<Route>>
    {
        ["identity"] = IdentityRoutes.All, ["reporting"] = ReportingRoutes.All, ["supervision"] = SupervisionRoutes.All, ["analytics"] = AnalyticsRoutes.All, ["gateway"] = GatewayRoutes.All,
    };

    public static IEnumerable<Route> All => Declared.Values.SelectMany(routes => routes);

    public static IEnumerable<string> Documented()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "api"), "*.openapi.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
            {
                foreach (var method in path.Value.EnumerateObject().Where(member => member.Name is "get" or "put" or "post" or "delete" or "patch" or "head" or "options" or "trace"))
                {
                    yield return $"{method.Name.ToUpperInvariant()} {path.Name}";
                }
            }
        }
    }
}
