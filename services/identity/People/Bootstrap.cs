using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.People;

/// <summary>A fresh database gets the province and its first administrator; without one nobody could ever sign in.</summary>
internal sealed partial class Bootstrap(
    IServiceScopeFactory scopes, PostgresReadiness postgres, IOptions<BootstrapOptions> options, IHostApplicationLifetime host, TimeProvider clock, ILogger<Bootstrap> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly OrganisationFacts Hebei = new("130000", "河北省", "Hebei Province", ["province"], "division", null, null, null, [], new(2020, 9, 1), null);
    private volatile bool _done;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The first administrator is not there yet"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(stoppingToken);
        // Two replicas that start together must not make two provinces.
        await db.LockTreeAsync(stoppingToken);
        if (!await db.People.AnyAsync(stoppingToken))
        {
            if (options.Value is not { UserName.Length: >= 3, Password.Length: >= PasswordPolicy.Shortest })
            {
                Log.AdministratorMissing(logger);
                Environment.ExitCode = 1;
                host.StopApplication();
                return;
            }

            await CreateAsync(db, scope.ServiceProvider, stoppingToken);
            await db.SaveChangesAsync(stoppingToken);
            await transaction.CommitAsync(stoppingToken);
        }

        _done = true;
    }

    private async Task CreateAsync(IdentityDbContext db, IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var province = await db.Organisations.SingleOrDefaultAsync(o => o.ParentId == null, cancellationToken);
        if (province is null)
        {
            province = Organisation.Create(Hebei, null, (await db.TakeNumbersAsync(1, cancellationToken)).Dequeue(), now);
            db.Add(province);
            db.Publish(province.ToOrganisationChanged(), now);
        }

        var person = Person.Create(options.Value.UserName!, "系统管理员", services.GetRequiredService<ILookupNormalizer>(), now);
        person.SetPassword(services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(person, options.Value.Password!));
        var assignment = Assignment.Create(person.Id, Roles.Administrator, province.Id, province.ValidFrom, null, now);
        db.AddRange(person, assignment);
        db.Publish(assignment.ToAssignmentChanged(), now);
        Log.AdministratorCreated(logger, person.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "There is no person yet and no first administrator is configured. Set Bootstrap:UserName (3 characters or more) and Bootstrap:Password (10 or more), e.g. by the environment variables Bootstrap__UserName and Bootstrap__Password, and start again")]
        public static partial void AdministratorMissing(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "The first administrator {PersonId} was created")]
        public static partial void AdministratorCreated(ILogger logger, Guid personId);
    }
}
