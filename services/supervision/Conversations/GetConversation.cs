using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>What was said about a module report, the oldest first.</summary>
/// <param name="Messages">At most 100.</param>
/// <param name="Earlier">Whether there are older ones than these.</param>
/// <param name="ReadUpTo">How far the caller has read.</param>
/// <param name="Offices">Who can be mentioned: offices that may see the report and have somebody besides the caller, those of the organisation itself first.</param>
/// <param name="Colleagues">People at the caller's own organisations who can be mentioned one by one.</param>
/// <param name="Told">Who is told of a message that mentions nobody.</param>
public sealed record ConversationResponse(
    Guid ReportId, string ModuleKey, IReadOnlyList<MessageResponse> Messages, bool Earlier, int ReadUpTo,
    IReadOnlyList<OfficeResponse> Offices, IReadOnlyList<ColleagueResponse> Colleagues, IReadOnlyList<OfficeResponse> Told);

/// <param name="People">How many have the role there today, the caller not counted.</param>
public sealed record OfficeResponse(ActingOrganisation Organisation, string Role, int People);

public sealed record ColleagueResponse(Guid PersonId, Guid OrganisationId, string Role);

/// <param name="Before">Only messages before this number; without it the last ones.</param>
/// <param name="After">Only messages after this number.</param>
internal sealed record ConversationPart(int? Before, int? After);

internal static class GetConversation
{
    private const int AtOnce = 100;

    public static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> HandleAsync(
        Guid reportId, string moduleKey, [AsParameters] ConversationPart part, Caller caller, SupervisionDbContext db, AccessCache access, AuditTrail trail, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (topic, problem) = await db.FindTopicAsync(caller, reportId, moduleKey, cancellationToken);
        if (topic is null)
        {
            return problem!.ToHttpResult();
        }

        var (before, after) = (part.Before ?? int.MaxValue, part.After ?? 0);
        var found = await db.Set<Message>().AsNoTracking().Where(m => m.ReportId == reportId && m.ModuleKey == moduleKey && m.Number < before && m.Number > after)
            .OrderByDescending(m => m.Number).Take(AtOnce).ToListAsync(cancellationToken);
        found.Reverse();
        var messages = await db.ToResponsesAsync(found, topic, caller, cancellationToken);
        var read = await db.Set<MessageReading>().Where(r => r.ReportId == reportId && r.ModuleKey == moduleKey && r.PersonId == caller.PersonId).Select(r => r.UpTo).FirstOrDefaultAsync(cancellationToken);
        var seats = await db.SeatsOfAsync(access, topic, clock.GetUtcNow(), cancellationToken);
        var name = await db.OfficesAsync(seats.Select(seat => seat.OrganisationId), cancellationToken);
        // A page that asks whether there is something new, and learns that there is not, has seen nothing.
        if (messages.Count > 0)
        {
            await trail.SawAsync("conversation", reportId, topic.OrganisationPath, messages.Count, new { moduleKey });
        }

        return TypedResults.Ok(new ConversationResponse(
            reportId, moduleKey, messages, messages.Count > 0 && messages[0].Number > after + 1, read, Offices(seats.Where(seat => seat.PersonId != caller.PersonId), name),
            [.. seats.Where(seat => seat.PersonId != caller.PersonId && !seat.IsGroup && caller.IsColleagueAt(seat.OrganisationId)).Select(seat => new ColleagueResponse(seat.PersonId, seat.OrganisationId, seat.Role))],
            Offices(seats.OtherSide(topic), name)));
    }

    private static IReadOnlyList<OfficeResponse> Offices(IEnumerable<Seat> seats, Func<Guid, ActingOrganisation> name) =>
        [.. seats.GroupBy(seat => (seat.OrganisationId, seat.Role)).Select(office => new OfficeResponse(name(office.Key.OrganisationId), office.Key.Role, office.Count()))];
}
