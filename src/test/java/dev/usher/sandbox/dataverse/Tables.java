package dev.usher.sandbox.dataverse;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the simulated organisation, with the columns Power Pages and an integration meet. */
final class Tables {
    static final Table CONTACT =
            Table.of("contact", "contacts", List.of("emailaddress1", "adx_identity_username"), List.of(), """
            salutation text 100
            firstname text 50
            middlename text 50
            lastname text 50
            suffix text 10
            nickname text 100
            fullname system
            jobtitle text 100
            department text 100
            birthdate date
            emailaddress1 text 100
            emailaddress2 text 100
            emailaddress3 text 100
            mobilephone text 50
            telephone1 text 50
            telephone2 text 50
            address1_line1 text 250
            address1_line2 text 250
            address1_city text 80
            address1_postalcode text 20
            address1_stateorprovince text 50
            address1_country text 80
            websiteurl text 200
            description text 2000
            governmentid text 50
            employeeid text 50
            externaluseridentifier text 50
            customertypecode choice
            gendercode choice
            preferredcontactmethodcode choice
            numberofchildren int
            creditlimit money
            donotemail bool
            donotbulkemail bool
            donotphone bool
            donotpostalmail bool
            donotsendmm bool
            followemail bool
            marketingonly bool
            adx_identity_username text 100
            adx_identity_logonenabled bool
            adx_identity_securitystamp text 100
            adx_identity_emailaddress1confirmed bool
            adx_identity_mobilephoneconfirmed bool
            adx_identity_lockoutenabled bool
            adx_identity_lockoutenddate datetime
            adx_identity_accessfailedcount int
            adx_identity_passwordhash text 128
            adx_identity_newpassword text 100
            adx_identity_twofactorenabled bool
            adx_identity_locallogindisabled bool
            adx_identity_lastsuccessfullogin datetime
            adx_organizationname text 250
            adx_profilealert bool
            adx_profilealertdate datetime
            adx_profilelastactivity datetime
            adx_profilemodifiedon datetime
            msdyn_portaltermsagreementdate datetime
            parentcontactid lookup contacts
            """);

    static final Table EXTERNAL_IDENTITY = Table.of(
            "adx_externalidentity",
            "adx_externalidentities",
            List.of("adx_username", "_adx_contactid_value"),
            List.of(),
            """
            adx_username text 100
            adx_identityprovidername text 400
            adx_contactid lookup contacts
            """);

    static final Table WEB_ROLE = Table.of("adx_webrole", "adx_webroles", List.of(), List.of("adx_name"), """
            adx_name text 100
            adx_authenticatedusersrole bool
            adx_anonymoususersrole bool
            """);

    static final Table POWER_PAGE_COMPONENT = Table.of(
            "powerpagecomponent", "powerpagecomponents", List.of(), List.of("name", "powerpagecomponenttype"), """
            name text 4000
            powerpagecomponenttype choice
            content text 100000
            """);

    static final Table SERVICE_ENDPOINT =
            Table.of("serviceendpoint", "serviceendpoints", List.of(), List.of("name", "contract", "authtype"), """
            name text 160
            url text 2000
            contract choice
            authtype choice
            authvalue text 2048
            messageformat choice
            description text 2000
            """);

    static final Table MESSAGE = Table.of("sdkmessage", "sdkmessages", List.of(), List.of("name"), "name text 256\n");

    static final Table MESSAGE_FILTER = Table.of("sdkmessagefilter", "sdkmessagefilters", List.of(), List.of(), """
            name text 256
            primaryobjecttypecode text 100
            iscustomprocessingstepallowed bool
            sdkmessageid lookup sdkmessages
            """);

    static final Table STEP = Table.of(
            "sdkmessageprocessingstep",
            "sdkmessageprocessingsteps",
            List.of(),
            List.of(
                    "name",
                    "stage",
                    "mode",
                    "rank",
                    "supporteddeployment",
                    "_sdkmessageid_value",
                    "_eventhandler_serviceendpoint_value"),
            """
            name text 256
            stage choice
            mode choice
            rank int
            supporteddeployment choice
            asyncautodelete bool
            filteringattributes text 100000
            description text 256
            configuration text 1073741823
            sdkmessageid lookup sdkmessages
            sdkmessagefilterid lookup sdkmessagefilters
            eventhandler_serviceendpoint lookup serviceendpoints
            """);

    static final Table ASYNC_OPERATION = Table.of("asyncoperation", "asyncoperations", List.of(), List.of(), """
            name text 256
            operationtype choice
            message text 1073741823
            friendlymessage text 10000
            errorcode int
            messagename text 160
            startedon datetime
            completedon datetime
            retrycount int
            regardingobjectid lookup contacts
            owningextensionid lookup sdkmessageprocessingsteps
            """);

    static final Map<String, Table> BY_SET = Stream.of(
                    CONTACT,
                    EXTERNAL_IDENTITY,
                    WEB_ROLE,
                    POWER_PAGE_COMPONENT,
                    SERVICE_ENDPOINT,
                    MESSAGE,
                    MESSAGE_FILTER,
                    STEP,
                    ASYNC_OPERATION)
            .collect(Collectors.toUnmodifiableMap(Table::set, Function.identity()));

    private Tables() {}
}
