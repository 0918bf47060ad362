using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Conversations;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/api/supervision/reports/{reportId:guid}/conversations").RequireAuthorization().WithTags("Conversations")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        conversations.MapGet("", ListConversations.HandleAsync).WithName(nameof(ListConversations));
        conversations.MapGet("/{moduleKey}", GetConversation.HandleAsync).WithName(nameof(GetConversation));
        conversations.MapPost("/{moduleKey}/messages", PostMessage.HandleAsync).WithName(nameof(PostMessage))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        conversations.MapPut("/{moduleKey}/reading", ReadConversation.HandleAsync).WithName(nameof(ReadConversation));
        conversations.MapPost("/{moduleKey}/messages/{number:int}/strike", StrikeMessage.HandleAsync).WithName(nameof(StrikeMessage));
    }
}
