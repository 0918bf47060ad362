using Gengdu.Audit;
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

/// <summary>A fresh database gets the province and its first administrators; without them nobody could ever sign in.</summary>
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
        await Rounds.UntilDoneAsync("bootstrap", EnsureAsync, clock, logger, stoppingToken);
    }

    private async Task EnsureAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(stoppingToken);
        // Two replicas that start together must not make two provinces.
        await db.LockTreeAsync(stoppingToken);
        if (!await db.People.AnyAsync(stoppingToken) && !BootstrapOptions.IsGood(options.Value.UserName, options.Value.Password))
        {
            Log.AdministratorMissing(logger);
            Environment.ExitCode = 1;
            host.StopApplication();
            return;
        }

        await CreateAsync(db, scope.ServiceProvider, stoppingToken);
        await db.SaveChangesAsync(stoppingToken);
        await transaction.CommitAsync(stoppingToken);
        _done = true;
    }

    private async Task CreateAsync(IdentityDbContext db, IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var fresh = !await db.People.AnyAsync(cancellationToken);
        var province = await db.Organisations.SingleOrDefaultAsync(o => o.ParentId == null, cancellationToken);
        if (province is null)
        {
            province = Organisation.Create(Hebei, null, (await db.TakeNumbersAsync(1, cancellationToken)).Dequeue(), new(TreeActs.Created, Hebei.ValidFrom, now, null));
            db.Add(province);
            db.Publish(province.ToOrganisationChanged(), now);
        }

        var given = options.Value;
        foreach (var (role, name, userName, password) in new[]
        {
            (Roles.Administrator, "系统管理员", fresh ? given.UserName : null, given.Password),
            (Roles.SecurityAdministrator, "安全管理员", given.SecurityUserName, given.SecurityPassword),
            (Roles.Auditor, "审计管理员", given.AuditUserName, given.AuditPassword),
        })
        {
            // Also in a system that has long been running: nobody else could give the two newer roles for the first time.
            if (BootstrapOptions.IsGood(userName, password) && !await db.Assignments.AnyAsync(a => a.OrganisationId == province.Id && a.Role == role, cancellationToken))
            {
                await CreateAsync(db, services, new(role, name, userName!, password!), province, now, cancellationToken);
            }
        }
    }

    private async Task CreateAsync(IdentityDbContext db, IServiceProvider services, First first, Organisation province, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = Person.Create(first.UserName, first.DisplayName, services.GetRequiredService<ILookupNormalizer>(), now);
        // Also of those not saved yet: nobody is two of the three.
        if (db.People.Local.Any(p => p.NormalizedUserName == person.NormalizedUserName) || await db.People.AnyAsync(p => p.NormalizedUserName == person.NormalizedUserName, cancellationToken))
        {
            Log.NameTaken(logger, first.Role);
            return;
        }

        person.SetPassword(services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(person, first.Password));
        var assignment = Assignment.Create(person.Id, first.Role, province.Id, province.ValidFrom, null, now);
        db.AddRange(person, assignment);
        db.Publish(assignment.ToAssignmentChanged(), now);
        db.Audit(AuditAct.By(null, "assignment.created", assignment.Id, province.Path, new { personId = person.Id, first.Role }) with { OrganisationId = province.Id }, now);
        Log.AdministratorCreated(logger, first.Role, person.Id);
    }

    private sealed record First(string Role, string DisplayName, string UserName, string Password);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "There is no person yet and no first administrator is configured. Set Bootstrap:UserName (3 characters or more) and Bootstrap:Password (10 or more), e.g. by the environment variables Bootstrap__UserName and Bootstrap__Password, and start again")]
        public static partial void AdministratorMissing(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "The first {Role} {PersonId} was created")]
        public static partial void AdministratorCreated(ILogger logger, string role, Guid personId);

        [LoggerMessage(3, LogLevel.Error, "The first {Role} was not created: the configured user name is taken by another person. Configure another one")]
        public static partial void NameTaken(ILogger logger, string role);
    }
}
