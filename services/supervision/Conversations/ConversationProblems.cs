using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Conversations;

/// <summary>Refusals of conversations.</summary>
internal static class ConversationProblems
{
    /// <summary>One key, two messages.</summary>
    public static readonly Problem KeyUsed = new("SUP-0070", 409,
        new("这条消息已发送过", "This key was used before"),
        new("同一个 key 只对应一条消息，而此前用它发送的内容不同。新消息请换用新的 key。", "One key belongs to one message, and another one was sent with it. Use a new key for a new message."));

    /// <summary>Striking is the author's own.</summary>
    public static readonly Problem NotYourMessage = new("SUP-0071", 403,
        new("只能划除自己的消息", "Only your own messages"),
        new("消息只能由其作者划除。如内容不当，请联系作者或本级管理员。", "A message can be struck by its author alone. Ask the author, or your administrator, if it should not stand there."));

    /// <summary>Nobody reads on for ever.</summary>
    public static Problem Full(int most) => new("SUP-0072", 409,
        new("对话已满", "The conversation is full"),
        new($"一个模块的对话最多 {most} 条消息。请电话沟通，或以退回、上报说明处理。", $"A module's conversation holds {most} messages at most. Call each other, or say it with a return or a submission."));
}
