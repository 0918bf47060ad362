using Gengdu.Identity.People;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>The two inputs of a new password, with what it must be.</summary>
internal static class NewPasswordFields
{
    public static string Html(string language)
    {
        string T(string zh, string en) => language == "en" ? en : zh;
        return $"""
            <label for="newPassword">{T("新密码", "New password")}</label>
            <input id="newPassword" name="newPassword" type="password" autocomplete="new-password" minlength="{PasswordPolicy.Shortest}" maxlength="{PasswordPolicy.Longest}" aria-describedby="new-password-hint" required>
            <p class="hint" id="new-password-hint">{T("至少 10 位，越长越好；可以是几个不相关的词。不能是常见密码。", "At least 10 characters, the longer the better; some unrelated words will do. No common ones.")}</p>
            <label for="repeated">{T("再次输入新密码", "New password again")}</label>
            <input id="repeated" name="repeated" type="password" autocomplete="new-password" minlength="{PasswordPolicy.Shortest}" maxlength="{PasswordPolicy.Longest}" required>
            """;
    }
}
