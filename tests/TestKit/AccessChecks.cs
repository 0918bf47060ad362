using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Gengdu.Contracts.Identity.V1;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.TestKit;

/// <summary>What every service must do with a caller, whatever its slices are.</summary>
public static partial class AccessChecks
{
    /// <summary>A GET with two tokens of one person, of which one sign-in ends in between: what the ended and the other get before and after.</summary>
    public static async Task<(HttpStatusCode Before, HttpStatusCode Ended, HttpStatusCode Other)> EndSignInAsync<TProgram, TDbContext>(this ServiceFixture<TProgram, TDbContext> host, Guid personId, string path)
        where TProgram : class
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(host);
        var sessionId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var address = new Uri(path, UriKind.Relative);
        using HttpClient ending = host.CreateClient(personId, sessionId), other = host.CreateClient(personId, sessionId + "2");
        var before = (await ending.GetAsync(address)).StatusCode;
        await host.Events.DeliverAsync(new SignInEnded { SessionId = sessionId, PersonId = personId, EndedAt = host.Clock.GetUtcNow() });
        return (before, (await ending.GetAsync(address)).StatusCode, (await other.GetAsync(address)).StatusCode);
    }

    /// <summary>
    /// Calls every route of the API as another system that speaks for itself. It has no assignments: nothing may break, and
    /// nothing may be changed. Routes that take another proof than a token refuse it as none. Returns what did.
    /// </summary>
    public static async Task<IReadOnlyList<string>> AskEverythingAsASystemAsync<TProgram, TDbContext>(this ServiceFixture<TProgram, TDbContext> host)
        where TProgram : class
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(host);
        using var client = host.CreateSystemClient();
        var wrong = new List<string>();
        var asked = 0;
        foreach (var endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            var takesTokens = endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not { AuthenticationSchemes.Count: > 0 };
            foreach (var method in pattern.StartsWith("/api/", StringComparison.Ordinal) ? endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [] : [])
            {
                asked++;
                using var request = new HttpRequestMessage(new(method), new Uri(Filled(pattern), UriKind.Relative));
                request.Content = method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
                using var answer = await client.SendAsync(request);
                if ((int)answer.StatusCode >= 500 || (answer.StatusCode == HttpStatusCode.Unauthorized) == takesTokens || (method != "GET" && answer.IsSuccessStatusCode))
                {
                    wrong.Add($"{method} {pattern} was answered {(int)answer.StatusCode}");
                }
            }
        }

        return asked == 0 ? ["no route was found"] : wrong;
    }

    private static string Filled(string pattern) => Parameter().Replace(pattern, match => match.Value.Contains(":guid", StringComparison.Ordinal) || match.Value.Contains("id", StringComparison.OrdinalIgnoreCase) ? "0192d5a0-0000-7000-8000-000000000001" : "1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
