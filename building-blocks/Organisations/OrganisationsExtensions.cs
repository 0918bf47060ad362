using Gengdu.Contracts.Identity.V1;
using Gengdu.ServiceDefaults;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Organisations;

/// <summary>The service's own context, for the replica's consumers.</summary>
public sealed record ReplicaContext(DbContext Db);

/// <summary>
/// Rewrites what a service stored by path, set-wise and in the transaction that changed the replica: these organisations are
/// new, stand elsewhere, play other levels, or an older place of theirs became known.
/// </summary>
public delegate Task WhenMoved(IServiceProvider services, NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken);

/// <summary>What a service does in the transaction in which its replica learnt something new of an assignment; not of what came twice or late.</summary>
public delegate Task WhenAssigned(IServiceProvider services, AssignmentChanged change, CancellationToken cancellationToken);

/// <summary>Which service the replica belongs to.</summary>
/// <param name="Service">Short name; prefix of the queues.</param>
public sealed record ReplicaOptions(string Service)
{
    /// <summary>Session id and time of what ended since $1, where the service has no replica of it but the original.</summary>
    public string? EndedSignInsQuery { get; init; }

    /// <summary>Whether the service has reviewer groups, which give rights too (<see cref="ReviewerGroupsModel"/>).</summary>
    public bool ReviewerGroups { get; init; }

    /// <summary>What of the service follows a move.</summary>
    public WhenMoved? WhenMoved { get; init; }

    /// <summary>What follows a role that was given, changed or taken away.</summary>
    public WhenAssigned? WhenAssigned { get; init; }
}

/// <summary>The replica of tree and assignments, and the caller's rights from it.</summary>
public static class OrganisationsExtensions
{
    /// <summary>Registers <see cref="Caller"/>, the cache and what the consumers need.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">Short name, e.g. "reporting".</param>
    /// <param name="endedSignInsQuery">See <see cref="ReplicaOptions.EndedSignInsQuery"/>.</param>
    /// <param name="whenMoved">See <see cref="WhenMoved"/>.</param>
    /// <param name="reviewerGroups">See <see cref="ReplicaOptions.ReviewerGroups"/>.</param>
    /// <param name="whenAssigned">See <see cref="ReplicaOptions.WhenAssigned"/>.</param>
    public static void AddOrganisations<TDbContext>(
        this WebApplicationBuilder builder, string service, string? endedSignInsQuery = null, WhenMoved? whenMoved = null, bool reviewerGroups = false, WhenAssigned? whenAssigned = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new ReplicaOptions(service) { EndedSignInsQuery = endedSignInsQuery, WhenMoved = whenMoved, ReviewerGroups = reviewerGroups, WhenAssigned = whenAssigned });
        builder.Services.AddSingleton<AccessCache>();
        builder.Services.AddSingleton<EndedSignIns>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EndedSignIns>());
        builder.Services.AddScoped(provider => new ReplicaContext(provider.GetRequiredService<TDbContext>()));
        builder.Services.AddScoped<CurrentCaller>();
        builder.Services.AddScoped(provider => provider.GetRequiredService<CurrentCaller>().Value);
    }

    /// <summary>Adds the replica's three consumers to the bus.</summary>
    public static void AddOrganisationConsumers(this IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddConsumer<OrganisationChangedConsumer, OrganisationChangedConsumer.Definition>();
        bus.AddConsumer<AssignmentChangedConsumer, AssignmentChangedConsumer.Definition>();
        bus.AddConsumer<SignInEndedConsumer, SignInEndedConsumer.Definition>();
    }

    /// <summary>Refuses tokens of sign-ins that ended, and looks the caller's rights up before the handler runs. Call after UseServiceDefaults.</summary>
    public static void UseCaller(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(async (context, next) =>
        {
            if (context.RequestServices.GetRequiredService<EndedSignIns>().Contains(context.User.FindFirst("sid")?.Value, context.User.FindFirst("jti")?.Value))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
                await GeneralProblems.Unauthenticated.ToHttpResult().ExecuteAsync(context);
                return;
            }

            if (context.User.FindFirst("sub")?.Value is { } subject)
            {
                // A system that speaks for itself is its own subject. It may call, and without assignments it sees nothing.
                var isPerson = Guid.TryParse(subject, out var personId) && subject != context.User.FindFirst("client_id")?.Value;
                var access = context.RequestServices.GetRequiredService<AccessCache>();
                var rights = isPerson ? await access.RightsOfAsync(personId, context.RequestAborted) : [];
                if (isPerson && rights.Count == 0 && !await access.IsFilledAsync(context.RequestAborted))
                {
                    throw new ReplicaEmptyException();
                }

                var caller = context.RequestServices.GetRequiredService<CurrentCaller>().Value = new Caller(isPerson ? personId : Guid.Empty, rights);
                RowScope.Set(context, caller.ToRowScope());
            }

            await next(context);
        });
    }

    /// <summary>A caller outside a request, for code that acts for a person it names.</summary>
    public static async Task<Caller> CallerAsync(this AccessCache access, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        return new Caller(personId, await access.RightsOfAsync(personId, cancellationToken));
    }
}

/// <summary>Set once per request by the middleware.</summary>
internal sealed class CurrentCaller
{
    /// <summary>Null before the look-up and where nobody is signed in.</summary>
    public Caller? Known { get; private set; }

    public Caller Value
    {
        get => Known ?? throw new InvalidOperationException("This endpoint needs a signed-in person; is it anonymous, or is UseCaller missing?");
        set => Known = value;
    }
}
