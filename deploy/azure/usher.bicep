// Not compiled and not deployed where it was written: bicep was not at hand. Run "az deployment group what-if" before anything else,
// and look at the API versions and at NfsAzureFile, which is the youngest of what is used here.
//
// Usher on Azure Container Apps: state in Azure Database for PostgreSQL, the queues' journal on an NFS share, secrets in Key Vault,
// read by a managed identity. Everything talks inside one virtual network; only port 8080 (webhooks, console) is reached from outside.
//
//   az group create --name usher --location westeurope
//   az deployment group create --resource-group usher --template-file deploy/azure/usher.bicep \
//     --parameters program=false image=<registry>/usher:<version> registry=<registry> entraAuthority=… entraClientId=… entraExtensionsAppId=… \
//     databasePassword=… hashKey=…
//
// That makes everything but the program. Then put the vendors' secrets into the vault (names in "vendorSecrets"), and do the same with
// program=true. docs/operations.md says the rest.

@description('Beginning of all names: 3 to 10 lower-case letters and digits.')
@minLength(3)
@maxLength(10)
param name string = 'usher'

param location string = resourceGroup().location

@description('Whether the program itself is made: once the vault holds every secret.')
param program bool

@description('The image made by deploy/docker/Dockerfile, with registry and version.')
param image string

@description('Login server of an Azure Container Registry in this resource group.')
param registry string

@description('USHER_ENTRA_AUTHORITY, USHER_ENTRA_CLIENT_ID, USHER_ENTRA_EXTENSIONS_APP_ID: deploy/azure/register-apps prints them.')
param entraAuthority string
param entraClientId string
param entraExtensionsAppId string

@description('USHER_HASH_KEY: at least 16 random characters, for ever the same.')
@secure()
@minLength(16)
param hashKey string

@secure()
param databasePassword string

@description('Secrets that must be in the vault before the program is made, and the environment variable each becomes.')
param vendorSecrets array = [
  { secret: 'entra-client-secret', variable: 'USHER_ENTRA_CLIENT_SECRET' }
  { secret: 'stripe-api-key', variable: 'STRIPE_API_KEY' }
  { secret: 'mailchimp-api-key', variable: 'MAILCHIMP_API_KEY' }
  { secret: 'customer-database-password', variable: 'CUSTOMER_DATABASE_PASSWORD' }
]

@description('Further settings, as environment variables: [{ name: \'MAILCHIMP_AUDIENCE\', value: \'…\' }]')
param settings array = []

var unique = uniqueString(resourceGroup().id)
var databaseName = 'usher'
var databaseUser = 'usher'

// Roles of Azure, by their published ids: Key Vault Secrets User, AcrPull.
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

// The network

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
          serviceEndpoints: [{ service: 'Microsoft.Storage' }, { service: 'Microsoft.KeyVault' }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.2.0/28'
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
    ]
  }
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'
}

resource databaseZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: databaseZone
  name: 'network'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}

// State

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${unique}'
  location: location
  sku: { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '16'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    network: {
      delegatedSubnetResourceId: '${network.id}/subnets/database'
      privateDnsZoneArmResourceId: databaseZone.id
    }
  }
  dependsOn: [databaseZoneLink]

  resource schema 'databases' = {
    name: databaseName
  }
}

// The queues' journal. One node: the file lock of the data folder keeps a second one out.

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('${name}${unique}', 24)
  location: location
  kind: 'FileStorage'
  sku: { name: 'Premium_ZRS' }
  properties: {
    // NFS knows no encryption on its way; it stays inside the network.
    supportsHttpsTrafficOnly: false
    allowSharedKeyAccess: false
    networkAcls: {
      defaultAction: 'Deny'
      virtualNetworkRules: [{ id: '${network.id}/subnets/apps' }]
    }
  }

  resource files 'fileServices' = {
    name: 'default'

    resource share 'shares' = {
      name: 'data'
      properties: {
        enabledProtocols: 'NFS'
        rootSquash: 'NoRootSquash'
        shareQuota: 100
      }
    }
  }
}

// Secrets

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }

  resource hash 'secrets' = {
    name: 'hash-key'
    properties: { value: hashKey }
  }

  resource password 'secrets' = {
    name: 'database-password'
    properties: { value: databasePassword }
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, secretsUser)
  properties: {
    roleDefinitionId: secretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: split(registry, '.')[0]
}

resource pullsImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: images
  name: guid(images.id, identity.id, acrPull)
  properties: {
    roleDefinitionId: acrPull
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// The program

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: { infrastructureSubnetId: '${network.id}/subnets/apps' }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
  }

  resource data 'storages' = {
    name: 'data'
    properties: {
      nfsAzureFile: {
        server: '${storage.name}.file.${az.environment().suffixes.storage}'
        shareName: '/${storage.name}/data'
        accessMode: 'ReadWrite'
      }
    }
    dependsOn: [storage::files::share]
  }
}

var ownSecrets = [
  { secret: 'hash-key', variable: 'USHER_HASH_KEY' }
  { secret: 'database-password', variable: 'DATABASE_PASSWORD' }
]
var secrets = concat(ownSecrets, vendorSecrets)

resource usher 'Microsoft.App/containerApps@2025-01-01' = if (program) {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 8080
        transport: 'http'
        allowInsecure: false
      }
      registries: [{ server: registry, identity: identity.id }]
      secrets: [
        for one in secrets: {
          name: one.secret
          keyVaultUrl: '${vault.properties.vaultUri}secrets/${one.secret}'
          identity: identity.id
        }
      ]
    }
    template: {
      // A stop takes at most 27 s.
      terminationGracePeriodSeconds: 35
      containers: [
        {
          name: 'usher'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            [
              { name: 'USHER_DATA', value: '/data' }
              { name: 'USHER_ENTRA_AUTHORITY', value: entraAuthority }
              { name: 'USHER_ENTRA_CLIENT_ID', value: entraClientId }
              { name: 'USHER_ENTRA_EXTENSIONS_APP_ID', value: entraExtensionsAppId }
              {
                name: 'DATABASE_URL'
                value: 'jdbc:postgresql://${database.properties.fullyQualifiedDomainName}/${databaseName}?sslmode=require'
              }
              { name: 'DATABASE_USER', value: databaseUser }
              // The probes come from outside of the container; the port is not published.
              { name: 'MANAGEMENT_SERVER_ADDRESS', value: '0.0.0.0' }
              // Who called stands in the headers of the environment's proxy, and that it was by https.
              { name: 'SERVER_FORWARD_HEADERS_STRATEGY', value: 'native' }
            ],
            map(secrets, one => { name: one.variable, secretRef: one.secret }),
            settings
          )
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/actuator/health/liveness', port: 8081 }
              periodSeconds: 10
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: { path: '/actuator/health/liveness', port: 8081 }
              periodSeconds: 15
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: { path: '/actuator/health/readiness', port: 8081 }
              periodSeconds: 10
            }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      // While a new revision starts the old one still holds the data folder: the new one ends, and is started again.
      scale: { minReplicas: 1, maxReplicas: 1 }
      volumes: [{ name: 'data', storageType: 'NfsAzureFile', storageName: environment::data.name }]
    }
  }
  dependsOn: [readsSecrets, pullsImages, database::schema]
}

output console string = program ? 'https://${usher!.properties.configuration.ingress.fqdn}' : ''
output webhook string = program ? 'https://${usher!.properties.configuration.ingress.fqdn}/hooks/dataverse/contacts' : ''
output vault string = vault.name
