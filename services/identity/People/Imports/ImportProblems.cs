using Gengdu.ServiceDefaults;
using Gengdu.Sheets;

namespace Gengdu.Identity.People.Imports;

/// <summary>What is wrong with a file of accounts as a whole; faults of rows are texts below.</summary>
internal static class ImportProblems
{
    public static readonly Problem NoFile = new("IDN-0070", 422,
        new("没有收到文件", "There is no file"),
        new("请以 multipart/form-data 上传一个名为 file 的 XLSX 或 CSV 文件。", "Send one XLSX or CSV file as multipart/form-data in the field “file”."));

    public static readonly Problem NotAWorkbook = new("IDN-0071", 422,
        new("无法读取此文件", "The file cannot be read"),
        new("请使用模板，并保存为 XLSX（不加密）或 CSV（UTF-8 或 GB18030）。旧的 XLS 请另存为 XLSX。", "Use the template and save it as XLSX (not encrypted) or CSV (UTF-8 or GB18030). Save an old XLS as XLSX."));

    public static readonly Problem Macro = new("IDN-0072", 422,
        new("文件中含有宏", "The file contains a macro"),
        new("请另存为不含宏的 XLSX 后重新上传。", "Save it as XLSX without macros and send it again."));

    public static Problem TooLarge(long limit) => new("IDN-0073", 413,
        new("文件过大", "The file is too large"),
        new($"文件最大 {limit / 1024 / 1024} MB，解压后也有限制。请只保留一张工作表，去掉图片和多余格式。", $"At most {limit / 1024 / 1024} MB, and unpacked there is a limit too. Keep one sheet only, without pictures and unneeded formats."));

    public static Problem Of(SheetFault fault) => fault switch
    {
        SheetFault.NoFile => NoFile,
        SheetFault.TooLarge => TooLarge(PeopleFile.LargestFile),
        SheetFault.Macro => Macro,
        _ => NotAWorkbook,
    };

    public static Problem TooManyRows(int most) => new("IDN-0074", 422,
        new("行数过多", "There are too many rows"),
        new($"每次最多 {most:N0} 行，请拆分后分批导入。", $"At most {most:N0} rows at a time; split the file."));

    public static Problem WrongHeaders(IReadOnlyList<FieldError> errors) => new("IDN-0075", 422,
        new("表头不正确", "The headings are not right"),
        new($"第一行有 {errors.Count} 处问题，详见各处说明；可下载模板对照。", $"The first row has {errors.Count} fault(s), see each one; compare with the template."))
    { Errors = errors };

    public static readonly Problem NoRows = new("IDN-0076", 422,
        new("文件中没有人员", "There is nobody in the file"),
        new("请从第二行起每行填写一人。", "Write one person a row, from the second row on."));

    public static readonly Text Formula = new("此处是公式或以 = + - @ 开头，请填写值", "This is a formula or begins with = + - @; write a value");

    public static readonly Text UnknownRole = new(
        "角色应为：填报员、审核人、县级审核、市级督导、省级负责人、系统管理员、安全管理员、审计管理员", "A role is one of reporter, approver, county-reviewer, city-supervisor, province-owner, administrator, security-administrator, auditor");

    public static readonly Text BadDate = new("日期应写作 2027-07-31，且不早于今天", "Dates are written 2027-07-31 and are not over");

    public static readonly Text ControlCharacter = new("姓名中有不可见字符", "The name has invisible characters");

    public static readonly Text SameNameThere = new("该机构已有同名人员，角色不同：若是另一人请填写登录名，若是同一人请在其任职中添加角色", "Somebody of that name with other roles is there already: give a user name for another person, or add the role to the same one");

    public static Text Twice(int row) => new($"与第 {row} 行重复；同名的两个人请分别填写登录名", $"The same as row {row}; for two people of one name give user names");
}
