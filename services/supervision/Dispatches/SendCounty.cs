using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>A county goes up: complete, except these.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="OrganisationId">The county.</param>
/// <param name="Gaps">Every school that is missing, none that is not; empty when all are there.</param>
public sealed record SendCountyRequest(Guid CycleId, Guid OrganisationId, IReadOnlyList<GapRequest> Gaps);

/// <param name="ReportId">The missing school's report.</param>
/// <param name="Code">"disaster", "staff", "technical", "reorganised", "correcting" or "other".</param>
/// <param name="Text">Why, 1 to 500 characters.</param>
public sealed record GapRequest(Guid ReportId, string Code, string Text);

internal static class SendCounty
{
    private const int LongestText = 500;
    private const int MostErrors = 100;

    public static async Task<Results<Created<CountyResponse>, ProblemHttpResult>> HandleAsync(
        SendCountyRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var county = await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == request.OrganisationId, cancellationToken);
        if (county is null || !caller.Sees(county.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (Invalid(request) is { } invalid)
        {
            return invalid.ToHttpResult();
        }

        if (DispatchRights.RefuseSending(caller, county) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldCountyAsync(request.CycleId, county.Id, cancellationToken);
        var latest = await db.LatestAsync(request.CycleId, county.Id, cancellationToken);
        var (owed, missing) = await db.OfCountyAsync(request.CycleId, county.Path, cancellationToken);
        if (Refuse(request, latest, owed, missing) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        var schools = missing.ToDictionary(school => school.ReportId, school => school.OrganisationId);
        var dispatch = Dispatch.Send(request.CycleId, county, (latest?.Round ?? 0) + 1, owed,
            request.Gaps.Select(gap => new DispatchGap { ReportId = gap.ReportId, OrganisationId = schools[gap.ReportId], Code = gap.Code, Text = gap.Text.Trim() }), caller.PersonId, now);
        db.Add(dispatch);
        db.Publish(dispatch.ToCountySent(), now);
        db.Audit(AuditAct.Of(caller, "dispatch.sent", dispatch.Id, county.Path, new
        {
            dispatch.CycleId,
            dispatch.Round,
            dispatch.Owed,
            gaps = dispatch.Gaps.Select(gap => new { gap.OrganisationId, gap.Code }),
        }) with
        { OrganisationId = county.Id }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/supervision/dispatches?cycleId={dispatch.CycleId}&organisationId={county.Id}",
            (await db.CountiesAsync(caller, request.CycleId, [county.Id], cancellationToken))[0]);
    }

    private static Problem? Refuse(SendCountyRequest request, Dispatch? latest, int owed, List<MissingSchool> missing)
    {
        var named = request.Gaps.Select(gap => gap.ReportId).ToHashSet();
        var unnamed = missing.FindAll(school => !named.Contains(school.ReportId));
        var present = named.Except(missing.Select(school => school.ReportId)).ToList();
        return latest?.State is DispatchState.Complete or DispatchState.Allowed ? DispatchProblems.SentAlready
            : owed == 0 ? DispatchProblems.NothingOwed
            : unnamed.Count > 0 ? DispatchProblems.Unnamed(unnamed.Count) with { Errors = [.. unnamed.Take(MostErrors).Select(ToError)] }
            : present.Count > 0 ? DispatchProblems.NotMissing(present.Count) with
            {
                Errors = [.. present.Take(MostErrors).Select(id => new FieldError(id.ToString(), "not-missing", new("已报齐或不在名单中", "Complete, or not on the roster")))],
            }
            : null;
    }

    private static FieldError ToError(MissingSchool school) => new(school.ReportId.ToString(), "missing",
        new($"{school.NameZh ?? school.Code}：已通过 {school.Passed}/{school.Owed} 个模块", $"{school.NameEn ?? school.Code}: {school.Passed} of {school.Owed} modules approved"));

    private static Problem? Invalid(SendCountyRequest request)
    {
        var errors = request.Gaps.Index().SelectMany(gap => Errors(gap.Index, gap.Item)).ToList();
        errors.AddRange(request.Gaps.OfType<GapRequest>().CountBy(gap => gap.ReportId).Where(same => same.Value > 1).Select(same =>
            new FieldError("gaps", "duplicate", new($"同一份填报列了 {same.Value} 次", $"The same report is named {same.Value} times"))));
        return errors.Count == 0 ? null : GeneralProblems.Invalid(errors);
    }

    private static IEnumerable<FieldError> Errors(int index, GapRequest? gap)
    {
        if (gap is null)
        {
            yield return new($"gaps.{index}", "required", new("此项为空", "This one is empty"));
            yield break;
        }

        if (!GapReasons.All.Contains(gap.Code))
        {
            yield return new($"gaps.{index}.code", "option", new($"原因类别须为其中之一：{string.Join("、", GapReasons.All)}", $"The code has to be one of: {string.Join(", ", GapReasons.All)}"));
        }

        if (gap.Text.Trim().Length is 0 or > LongestText || gap.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            yield return new($"gaps.{index}.text", "length", new($"请用 1 至 {LongestText} 个字说明原因", $"Explain it in 1 to {LongestText} characters"));
        }
    }
}
