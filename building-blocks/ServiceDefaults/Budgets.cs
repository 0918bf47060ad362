using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// How long a request may take: browser 30 s, gateway 10 s, service 8 s, statement 5 s. The one inside gives up first, so
/// whoever waits is told by the one who knows what became of it.
/// </summary>
public static class Budgets
{
    /// <summary>Seconds a statement inside a request may take. Entity Framework's get it by themselves, SQL of our own says it.</summary>
    public const int StatementSeconds = 5;

    private static readonly TimeSpan Request = TimeSpan.FromSeconds(8);

    /// <summary>A route whose work is long by nature. The gateway's appsettings.json names the same route, with a little more.</summary>
    public static TBuilder WithLongWork<TBuilder>(this TBuilder route, TimeSpan budget)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RequestTimeoutAttribute((int)budget.TotalMilliseconds));

    internal static void AddBudgets(this IServiceCollection services)
    {
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new()
        {
            Timeout = Request,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            WriteTimeoutResponse = http => GeneralProblems.TimedOut.ToHttpResult().ExecuteAsync(http),
        });
        services.AddSingleton<StatementBudget>().AddSingleton<IInterceptor>(provider => provider.GetRequiredService<StatementBudget>());
    }

    internal static void UseBudgets(this WebApplication app)
    {
        // The gateway has budgets of its own, a route each.
        if (app.Services.GetService<StatementBudget>() is not null)
        {
            app.UseRequestTimeouts();
        }
    }

    /// <summary>For statements of Entity Framework inside a request; work in the background takes the time it needs.</summary>
    private sealed class StatementBudget(IHttpContextAccessor accessor) : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            if (accessor.HttpContext is { } http && http.GetEndpoint()?.Metadata.GetMetadata<RequestTimeoutAttribute>() is null)
            {
                result.CommandTimeout = StatementSeconds;
            }

            return result;
        }
    }
}
