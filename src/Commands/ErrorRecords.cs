using System;
using System.Management.Automation;
using OssPayment.Text;

namespace OssPayment.Commands;

/// <summary>The one place where error records are made.</summary>
internal static class ErrorRecords
{
    /// <param name="exception">An exception of this module, or an unexpected one.</param>
    /// <param name="target">What failed; null where everything did.</param>
    internal static ErrorRecord ToErrorRecord(this Exception exception, OssTarget? target)
    {
        (string id, ErrorCategory category, string advice) = exception switch
        {
            OssServiceException e => (e.ErrorCode, CategoryOf(e), $"{FullStop(e)} {ServiceErrorAdvice.For(e, target)}"),
            OssRequestException e => (e.Error.ToString(), CategoryOf(e), ""),
            _ => (nameof(OssRequestError.RequestFailed), ErrorCategory.NotSpecified, ""),
        };
        string name = target is null ? "" : Sanitizer.Sanitize(target.ToString()!, 100);
        var record = new ErrorRecord(exception, id, category, target);
        record.CategoryInfo.TargetName = name;
        if (exception is OssException known)
        {
            // Windows PowerShell 5.1 and the views of many hosts show only this text, so it is complete.
            string prefix = name.Length > 0 ? $"{name}: " : "";
            string attempts = known.Attempts > 1 ? $" Failed after {known.Attempts} attempts." : "";
            record.ErrorDetails =
                new ErrorDetails($"{prefix}{known.Message}{advice}{attempts} ({id}{Response(known)})")
                {
                    RecommendedAction = exception is OssServiceException { RecommendDoc.Length: > 0 } e
                        ? $"See {e.RecommendDoc}"
                        : null,
                };
        }

        return record;
    }

    /// <summary>Some messages from OSS have no full stop, and the advice begins a sentence.</summary>
    private static string FullStop(OssServiceException e) =>
        e.Message.EndsWith(".", StringComparison.Ordinal) || e.Message.EndsWith("…", StringComparison.Ordinal)
            ? ""
            : ".";

    private static string Response(OssException e) => e.StatusCode == 0
        ? ""
        : $", HTTP {e.StatusCode}, request id {(e.RequestId.Length > 0 ? e.RequestId : "none")}";

    private static ErrorCategory CategoryOf(OssRequestException e) => e.Error switch
    {
        _ when e.StatusCode == 407 => ErrorCategory.AuthenticationError,
        OssRequestError.CredentialsNotFound or OssRequestError.CredentialSourceFailed =>
            ErrorCategory.AuthenticationError,
        OssRequestError.RequestFailed => ErrorCategory.ConnectionError,
        OssRequestError.RequestTimedOut => ErrorCategory.OperationTimeout,
        OssRequestError.InvalidResponse => ErrorCategory.InvalidData,
        OssRequestError.ResponseTooLarge => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.InvalidArgument,
    };

    private static ErrorCategory CategoryOf(OssServiceException e) => e.ErrorCode switch
    {
        _ when e.RefusesCredentials => ErrorCategory.AuthenticationError,
        "RequestTimeTooSkewed" => ErrorCategory.AuthenticationError,
        "RequestTimeout" => ErrorCategory.OperationTimeout,
        _ when e.MeansNoLimits => ErrorCategory.ObjectNotFound,
        _ => e.StatusCode switch
        {
            401 => ErrorCategory.AuthenticationError,
            403 => ErrorCategory.PermissionDenied,
            404 => ErrorCategory.ObjectNotFound,
            408 => ErrorCategory.OperationTimeout,
            409 => ErrorCategory.ResourceBusy,
            429 => ErrorCategory.LimitsExceeded,
            501 => ErrorCategory.NotImplemented,
            >= 500 => ErrorCategory.ResourceUnavailable,
            _ => ErrorCategory.InvalidArgument,
        },
    };
}
