using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Groups;

/// <summary>Lets people outside the line review some organisations or modules at one step, until a day.</summary>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Level">"county", "city" or "province": at which step.</param>
/// <param name="OrganisationId">Whose step.</param>
/// <param name="PersonIds">1 to 50.</param>
/// <param name="OrganisationIds">1 to 200 at or below the step's organisation, each with all below it.</param>
/// <param name="ValidTo">Last day: from today, within a year.</param>
/// <param name="ModuleKeys">At most 40; none for all.</param>
public sealed record CreateReviewerGroupRequest(
    string Name, ReviewLevel Level, Guid OrganisationId, IReadOnlyList<Guid> PersonIds, IReadOnlyList<Guid> OrganisationIds, DateOnly ValidTo, IReadOnlyList<string>? ModuleKeys = null);

internal static class CreateReviewerGroup
{
    private const int MostPeople = 50;
    private const int MostOrganisations = 200;
    private const int MostModules = 40;
    private const int MostDays = 366;
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public static async Task<Results<Created<ReviewerGroupResponse>, ProblemHttpResult>> HandleAsync(
        CreateReviewerGroupRequest request, Caller caller, SupervisionDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.ToOffset(Shanghai).DateTime);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var step = await db.Organisations.Where(o => o.Id == request.OrganisationId).Select(o => new { o.Path, o.LevelRoles }).SingleOrDefaultAsync(cancellationToken);
        if (step is null || !caller.Sees(step.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!ReviewTransitions.IsStep(request.Level) || caller.GivingAt(request.Level, step.Path) is not { } giving)
        {
            return ReviewerGroupProblems.NotYoursToGive.ToHttpResult();
        }

        var errors = Errors(request, step.LevelRoles, today).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        Guid[] wanted = [.. request.OrganisationIds.Distinct()];
        if (await db.Organisations.Under(step.Path, o => o.Path).CountAsync(o => wanted.Contains(o.Id), cancellationToken) < wanted.Length)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (request.PersonIds.Contains(caller.PersonId))
        {
            return ReviewerGroupProblems.Yourself.ToHttpResult();
        }

        var group = new ReviewerGroup
        {
            Id = Guid.CreateVersion7(now),
            Name = request.Name.Trim(),
            Level = request.Level.Key(),
            OrganisationId = request.OrganisationId,
            GivenBy = caller.PersonId,
            GiverRole = giving.Role,
            GiverOrganisationId = giving.OrganisationId,
            PersonIds = [.. request.PersonIds.Distinct()],
            OrganisationIds = wanted,
            ModuleKeys = [.. (request.ModuleKeys ?? []).Distinct()],
            ValidFrom = today,
            ValidTo = request.ValidTo,
            Version = 1,
        };
        db.Add(group);
        db.Publish(group.ToReviewerGroupChanged(), now);
        db.Audit(AuditAct.Of(caller, "reviewer-group.created", group.Id, step.Path, new { group.Level, group.PersonIds, group.OrganisationIds, group.ModuleKeys, group.ValidTo }) with
        { OrganisationId = group.OrganisationId }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.Created($"/api/supervision/reviewer-groups/{group.Id}", group.ToResponse());
    }

    private static IEnumerable<FieldError> Errors(CreateReviewerGroupRequest request, string[] levels, DateOnly today)
    {
        if (request.Name.Trim().Length is 0 or > 60 || request.Name.Any(char.IsControl))
        {
            yield return new("name", "length", new("请用 1 至 60 个字命名", "Name it in 1 to 60 characters"));
        }

        if (!levels.Contains(request.Level.Key()))
        {
            yield return new("level", "option", new("该单位没有此审核环节", "The organisation has no step of this level"));
        }

        if (request.PersonIds.Count is 0 or > MostPeople)
        {
            yield return new("personIds", "length", new($"请选择 1 至 {MostPeople} 人", $"Choose 1 to {MostPeople} people"));
        }

        if (request.OrganisationIds.Count is 0 or > MostOrganisations)
        {
            yield return new("organisationIds", "length", new($"请选择 1 至 {MostOrganisations} 个单位", $"Choose 1 to {MostOrganisations} organisations"));
        }

        if (request.ModuleKeys?.Count > MostModules || request.ModuleKeys?.Any(key => key is not { Length: > 0 and <= 60 }) == true)
        {
            yield return new("moduleKeys", "length", new($"最多 {MostModules} 个模块", $"At most {MostModules} modules"));
        }

        if (request.ValidTo < today || request.ValidTo > today.AddDays(MostDays))
        {
            yield return new("validTo", "range", new("截止日期须在今天起一年之内", "The last day has to lie within a year from today"));
        }
    }
}
