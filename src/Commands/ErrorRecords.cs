using System;
using System.Management.Automation;

namespace OssPayment.Commands;

/// <summary>The one place where error records are made.</summary>
internal static class ErrorRecords
{
    /// <param name="exception">An exception of this module's, or one that nobody foresaw.</param>
    /// <param name="target">What failed; null where everything did.</param>
    internal static ErrorRecord ToErrorRecord(this Exception exception, OssTarget? target)
    {
        ErrorRecord record = exception switch
        {
            OssServiceException e => new ErrorRecord(e, e.ErrorCode, CategoryOf(e), target)
            {
                ErrorDetails = new ErrorDetails($"{Prefix(target)}{e.Message}{AfterAttempts(e.Attempts)} ({e.ErrorCode}, HTTP {e.StatusCode}, request id {Shown(e.RequestId)})")
                {
                    RecommendedAction = ServiceErrorAdvice.For(e),
                },
            },
            OssRequestException e => new ErrorRecord(e, e.Error.ToString(), CategoryOf(e), target)
            {
                ErrorDetails = new ErrorDetails($"{Prefix(target)}{e.Message}{AfterAttempts(e.Attempts)}{Codes(e)}")
                {
                    RecommendedAction = e.RecommendedAction,
                },
            },
            _ => new ErrorRecord(exception, nameof(OssRequestError.RequestFailed), ErrorCategory.NotSpecified, target),
        };
        record.CategoryInfo.TargetName = target is null ? "" : Printable.Clean(target.ToString()!, 100);
        return record;
    }

    private static string Prefix(OssTarget? target) => target is null ? "" : $"{Printable.Clean(target.ToString()!, 100)}: ";

    private static string AfterAttempts(int attempts) => attempts > 1 ? $" Sent {attempts} times." : "";

    private static string Codes(OssRequestException e) =>
        e.StatusCode == 0 ? $" ({e.Error})" : $" ({e.Error}, HTTP {e.StatusCode}, request id {Shown(e.RequestId)})";

    private static string Shown(string requestId) => requestId.Length > 0 ? requestId : "none";

    private static ErrorCategory CategoryOf(OssRequestException e) => e.Error switch
    {
        _ when e.StatusCode == 407 => ErrorCategory.AuthenticationError,
        OssRequestError.CredentialsNotFound => ErrorCategory.AuthenticationError,
        OssRequestError.RequestFailed => ErrorCategory.ConnectionError,
        OssRequestError.RequestTimedOut => ErrorCategory.OperationTimeout,
        OssRequestError.InvalidResponse => ErrorCategory.InvalidData,
        OssRequestError.ResponseTooLarge => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.InvalidArgument,
    };

    private static ErrorCategory CategoryOf(OssServiceException e) => e.ErrorCode switch
    {
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "SecurityTokenExpired" or "InvalidSecurityToken"
            or "SecurityTokenNotSupported" or "RequestTimeTooSkewed" => ErrorCategory.AuthenticationError,
        "RequestTimeout" => ErrorCategory.OperationTimeout,
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
