using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Each status with an error of OSS, in the body and in a header, with HTML and with nothing.</summary>
internal static class StatusRows
{
    /// <summary>The category of an OSS error with this status.</summary>
    private static readonly SortedDictionary<int, ErrorCategory> Categories = new()
    {
        [400] = ErrorCategory.InvalidArgument,
        [401] = ErrorCategory.AuthenticationError,
        [403] = ErrorCategory.PermissionDenied,
        [404] = ErrorCategory.ObjectNotFound,
        [405] = ErrorCategory.InvalidArgument,
        [407] = ErrorCategory.InvalidArgument,
        [408] = ErrorCategory.OperationTimeout,
        [409] = ErrorCategory.ResourceBusy,
        [411] = ErrorCategory.InvalidArgument,
        [429] = ErrorCategory.LimitsExceeded,
        [500] = ErrorCategory.ResourceUnavailable,
        [501] = ErrorCategory.NotImplemented,
        [502] = ErrorCategory.ResourceUnavailable,
        [503] = ErrorCategory.ResourceUnavailable,
        [504] = ErrorCategory.ResourceUnavailable,
        [505] = ErrorCategory.ResourceUnavailable,
        [511] = ErrorCategory.ResourceUnavailable,
    };

    internal static IEnumerable<FaultRow> All =>
    [
        .. Categories.SelectMany(pair => WithStatus(pair.Key, pair.Value)),
        InvalidHeader("403 with an x-oss-err that is not base64", "!!!"),
        InvalidHeader("403 with an x-oss-err that is not XML", "AAAA"),
    ];

    private static IEnumerable<FaultRow> WithStatus(int status, ErrorCategory category)
    {
        bool isTransient = status is 408 or 429 or 500 or 502 or 503 or 504;
        var error = new FaultEnd($"Code{status}", category);
        FaultEnd invalid = FaultEnd.Invalid with
        {
            Category = status == 407 ? ErrorCategory.AuthenticationError : ErrorCategory.InvalidData,
        };
        FaultRow[] rows =
        [
            new($"{status} with an OSS error", new OssErrorResponse(status, error.Id!), error),
            new($"{status} with x-oss-err", new OssErrorResponse(status, error.Id!, InHeader: true), error),
            new(
                $"{status} with HTML",
                Responses.Body(Responses.Html, status) with { Headers = Responses.HtmlHeaders },
                invalid),
            new($"{status} with nothing", Responses.Body("", status) with { Headers = Responses.NoHeaders }, invalid),
        ];
        return rows.Select(row => row with { IsTransient = isTransient });
    }

    private static FaultRow InvalidHeader(string name, string value) => new(
        name,
        Responses.Body("", 403) with { Headers = new Dictionary<string, string> { ["x-oss-err"] = value } },
        FaultEnd.Invalid);
}
