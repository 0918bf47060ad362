using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.TestKit;

/// <summary>Work as inside a person's request, without the request.</summary>
public static class RowScopes
{
    /// <summary>With the person's rights of this moment; the filters are up to the query, what is behind them is not.</summary>
    public static async Task<TResult> AsCallerAsync<TProgram, TDbContext, TResult>(this ServiceFixture<TProgram, TDbContext> host, Guid personId, Func<TDbContext, Task<TResult>> ask)
        where TProgram : class
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(host);
        var caller = await host.Services.GetRequiredService<AccessCache>().CallerAsync(personId, CancellationToken.None);
        return await InRequestAsync(host.Services, caller.ToRowScope(), async services => await ask(services.GetRequiredService<TDbContext>()));
    }

    /// <summary>Inside a request with this scope, or with none when it is null.</summary>
    public static async Task<TResult> InRequestAsync<TResult>(IServiceProvider services, RowScope? scope, Func<IServiceProvider, Task<TResult>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        // Flows down into this call alone: who called us keeps having no request.
        var accessor = services.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext();
        if (scope is not null)
        {
            RowScope.Set(accessor.HttpContext, scope);
        }

        await using var requestServices = services.CreateAsyncScope();
        return await ask(requestServices.ServiceProvider);
    }
}
