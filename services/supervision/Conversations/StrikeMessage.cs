using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>The author takes back what a message says. The line stays, without its words.</summary>
internal static class StrikeMessage
{
    public static async Task<Results<Ok<MessageResponse>, ProblemHttpResult>> HandleAsync(
        Guid reportId, string moduleKey, int number, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginTalkAsync(reportId, cancellationToken);
        var (topic, problem) = await db.FindTopicAsync(caller, reportId, moduleKey, cancellationToken);
        var message = topic is null ? null : await db.Set<Message>().AsNoTracking().FirstOrDefaultAsync(m => m.ReportId == reportId && m.ModuleKey == moduleKey && m.Number == number, cancellationToken);
        if (topic is null || message is null)
        {
            return (problem ?? GeneralProblems.NotFound).ToHttpResult();
        }

        if (message.By != caller.PersonId)
        {
            return ConversationProblems.NotYourMessage.ToHttpResult();
        }

        if (!await db.Set<MessageStrike>().AnyAsync(s => s.ReportId == reportId && s.ModuleKey == moduleKey && s.Number == number, cancellationToken))
        {
            db.Add(new MessageStrike { ReportId = reportId, ModuleKey = moduleKey, Number = number, At = now });
            db.Audit(message.Audited(caller, topic, "message.struck"), now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok((await db.ToResponsesAsync([message], topic, caller, cancellationToken))[0]);
    }
}
